import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from riskhub.imports import sql


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_append_only"),
        ("imports", "0005_discarded"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="undone_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="importrun",
            name="undone_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="importrun",
            name="undone_reason",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="state",
            field=models.CharField(
                choices=[
                    ("uploaded", "Uploaded"),
                    ("applying", "Being applied"),
                    ("applied", "Applied"),
                    ("undone", "Undone"),
                    ("failed", "Failed"),
                    ("discard", "Discarded"),
                ],
                default="uploaded",
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "undone"),
                        ("undone_at__isnull", False),
                        models.Q(("undone_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "undone"), _negated=True),
                        ("undone_at", None),
                        ("undone_reason", ""),
                    ),
                    _connector="OR",
                ),
                name="import_undone_has_time_and_reason",
            ),
        ),
        migrations.RunSQL(sql.IMPORTS_STAY, sql.IMPORTS_FREE),
    ]
