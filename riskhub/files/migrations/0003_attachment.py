import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from riskhub.files import sql


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_append_only"),
        ("audit", "0002_functions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("owner_type", models.CharField(max_length=60)),
                ("owner_id", models.PositiveBigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("photo", "Photo"), ("document", "Document")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("width", models.PositiveIntegerField(null=True, verbose_name="width")),
                ("height", models.PositiveIntegerField(null=True, verbose_name="height")),
                ("received_sha256", models.CharField(max_length=64)),
                (
                    "removed_at",
                    models.DateTimeField(null=True, verbose_name="out of view since"),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="stored file",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken out of view by",
                    ),
                ),
                (
                    "thumbnail",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="small picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(removed_at=None),
                        fields=("owner_type", "owner_id", "received_sha256"),
                        name="attachment_once",
                    ),
                    models.CheckConstraint(
                        condition=Q(kind="document", width=None, height=None, thumbnail=None)
                        | Q(kind="photo", width__gt=0, height__gt=0, thumbnail__isnull=False),
                        name="attachment_photo_has_pixels",
                    ),
                    models.CheckConstraint(
                        condition=Q(removed_at=None, removed_by=None)
                        | Q(removed_at__isnull=False, removed_by__isnull=False),
                        name="attachment_removed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(sql.ATTACHMENTS_STAY, sql.ATTACHMENTS_FREE),
    ]
