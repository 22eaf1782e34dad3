"""What the law asks for after an incident, and by when."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0010_incident_written_at"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StatutoryRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_zh", models.CharField(max_length=200, verbose_name="name in Chinese")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                (
                    "from_zh",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="counted from, in Chinese"
                    ),
                ),
                (
                    "from_en",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="counted from, in English"
                    ),
                ),
                (
                    "basis_zh",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="legal basis, in Chinese"
                    ),
                ),
                (
                    "basis_en",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="legal basis, in English"
                    ),
                ),
                (
                    "begins",
                    models.CharField(
                        choices=[
                            ("reported", "When we were told"),
                            ("occurred", "When it happened"),
                        ],
                        max_length=8,
                        verbose_name="the clock begins",
                    ),
                ),
                ("hours", models.PositiveIntegerField(verbose_name="hours")),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="kinds of incident",
                    ),
                ),
                (
                    "hurt",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("staff", "One of us"),
                                ("customer", "A customer"),
                                ("third", "Somebody else"),
                            ],
                            max_length=8,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="who is hurt",
                    ),
                ),
                (
                    "least_severity",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="severity at least"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("row_version", models.PositiveIntegerField(default=1)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder by law",
                "ordering": ["order", "code"],
            },
        ),
        migrations.CreateModel(
            name="StatutoryClock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("remind_at", models.DateTimeField(verbose_name="reminder at")),
                ("due_at", models.DateTimeField(verbose_name="due at")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not answered"),
                            ("reported", "Reported"),
                            ("not_applicable", "Does not apply here"),
                        ],
                        default="",
                        max_length=14,
                        verbose_name="answer",
                    ),
                ),
                (
                    "told_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="reported at"),
                ),
                (
                    "told_to",
                    models.CharField(blank=True, max_length=200, verbose_name="reported to"),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True, max_length=500, verbose_name="why it does not apply"
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
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
                        related_name="clocks",
                        to="incidents.incident",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clocks",
                        to="incidents.statutoryrule",
                        verbose_name="reminder by law",
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder of an incident",
            },
        ),
        migrations.AddConstraint(
            model_name="statutoryrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gt", 0)), name="statutory_hours_above_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="statutoryrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("least_severity", None), ("least_severity__range", (1, 5)), _connector="OR"
                ),
                name="statutory_severity_one_to_five",
            ),
        ),
        migrations.AddConstraint(
            model_name="statutoryrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="statutory_confirmed_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="statutoryclock",
            index=models.Index(
                condition=models.Q(("answer", "")), fields=["due_at"], name="clock_unanswered"
            ),
        ),
        migrations.AddConstraint(
            model_name="statutoryclock",
            constraint=models.UniqueConstraint(
                fields=("incident", "rule"), name="clock_once_of_an_incident"
            ),
        ),
        migrations.AddConstraint(
            model_name="statutoryclock",
            constraint=models.CheckConstraint(
                condition=models.Q(("remind_at__lte", models.F("due_at"))),
                name="clock_reminds_before_it_is_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="statutoryclock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None), ("told_at", None)),
                    models.Q(
                        ("answer", "reported"),
                        ("answered_at__isnull", False),
                        ("told_at__isnull", False),
                        models.Q(("told_to", ""), _negated=True),
                    ),
                    models.Q(
                        ("answer", "not_applicable"),
                        ("answered_at__isnull", False),
                        ("told_at", None),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="clock_answered_with_what_it_asks",
            ),
        ),
    ]
