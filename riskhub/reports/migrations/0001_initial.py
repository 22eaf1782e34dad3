import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from riskhub.reports import sql


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audit", "0002_functions"),
        ("files", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportSnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("period_start", models.DateField()),
                ("period_end", models.DateField()),
                ("as_of", models.DateTimeField()),
                ("is_draft", models.BooleanField(default=False, verbose_name="draft")),
                ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="revision")),
                ("scheme_number", models.PositiveIntegerField(null=True)),
                ("content", models.TextField()),
                (
                    "sha256",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("content"), function="public.text_sha256"),
                        output_field=models.CharField(max_length=64),
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.TextField(blank=True, verbose_name="reason of the revision")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="reports.reportsnapshot",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "locale",
                    models.CharField(
                        choices=[("zh-hans", "Simplified Chinese"), ("en", "English")],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("running", "Being made"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("pages", models.PositiveIntegerField(null=True, verbose_name="pages")),
                ("error", models.TextField(blank=True)),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ready_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="reports.reportsnapshot",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="reportsnapshot",
            constraint=models.UniqueConstraint(
                fields=("kind", "period_start", "revision"), name="report_snapshot_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportsnapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revision", 1), ("supersedes", None)),
                    models.Q(
                        ("revision__gt", 1),
                        ("supersedes__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="report_revision_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportsnapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(("period_end__gte", models.F("period_start"))),
                name="report_period_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("snapshot", "locale"), name="report_once_per_language"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("file__isnull", False),
                        ("pages__isnull", False),
                        ("ready_at__isnull", False),
                        ("state", "ready"),
                    ),
                    models.Q(
                        models.Q(("state", "ready"), _negated=True),
                        ("file", None),
                        ("ready_at", None),
                    ),
                    _connector="OR",
                ),
                name="report_ready_has_file",
            ),
        ),
        migrations.RunSQL(sql.FROZEN, sql.THAWED),
    ]
