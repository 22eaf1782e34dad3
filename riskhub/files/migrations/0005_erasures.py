import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from riskhub.files import sql


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0004_comments"),
        ("audit", "0002_functions"),
    ]

    operations = [
        migrations.CreateModel(
            name="AttachmentErasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "attachment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasure",
                        to="files.attachment",
                    ),
                ),
            ],
            options={
                "verbose_name": "removal of a file after its retention",
            },
        ),
        migrations.RunSQL(sql.ERASURES_STAY, sql.ERASURES_FREE),
    ]
