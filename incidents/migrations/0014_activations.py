"""Acting by a contingency plan: begun, ticked, ended."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_stand_ins"),
        ("assessments", "0035_plans_carried_out"),
        ("incidents", "0013_measures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ContingencyActivation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "started_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="begun at"
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "summary",
                    models.TextField(blank=True, max_length=2000, verbose_name="how it went"),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activations",
                        to="incidents.incident",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activations",
                        to="assessments.contingencyplan",
                        verbose_name="contingency plan",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activations",
                        to="assessments.contingencyversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "activation of a contingency plan",
            },
        ),
        migrations.CreateModel(
            name="ActivationStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.PositiveSmallIntegerField()),
                ("minute", models.PositiveIntegerField(verbose_name="minute")),
                ("who", models.CharField(blank=True, max_length=100, verbose_name="who")),
                (
                    "text_zh",
                    models.CharField(blank=True, max_length=300, verbose_name="what to do"),
                ),
                (
                    "text_en",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what to do, in English"
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.department",
                        verbose_name="department",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="done by",
                    ),
                ),
                (
                    "activation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="incidents.contingencyactivation",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of an activation",
                "ordering": ["seq"],
            },
        ),
        migrations.AddIndex(
            model_name="contingencyactivation",
            index=models.Index(fields=["plan", "-started_at"], name="activation_of_plan"),
        ),
        migrations.AddConstraint(
            model_name="contingencyactivation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("incident", "plan"),
                name="activation_runs_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="contingencyactivation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None), ("summary", "")),
                    models.Q(
                        ("ended_at__gte", models.F("started_at")),
                        ("ended_by__isnull", False),
                        models.Q(("summary", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="activation_ended_with_a_summary",
            ),
        ),
        migrations.AddConstraint(
            model_name="activationstep",
            constraint=models.UniqueConstraint(
                fields=("activation", "seq"), name="activation_step_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="activationstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("done_by", None)),
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                    _connector="OR",
                ),
                name="activation_step_done_by_somebody",
            ),
        ),
    ]
