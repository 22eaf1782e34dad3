"""What went wrong or nearly did, who was hurt, what it cost and came back."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from incidents.incidents.sql import CLOSED_FREELY, CLOSED_NAMES_A_RISK


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_stand_ins"),
        ("incidents", "0003_complaints"),
        ("registers", "0028_search_without_a_pending_list"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("client_uuid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("text", models.TextField(verbose_name="what happened?")),
                (
                    "immediate_action",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="what was done at once"
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="where in the service?"
                    ),
                ),
                ("order_ref", models.CharField(blank=True, max_length=100, verbose_name="order")),
                ("occurred_at", models.DateTimeField(verbose_name="happened at")),
                (
                    "reported_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="reported at"
                    ),
                ),
                ("is_anonymous", models.BooleanField(default=False, verbose_name="without a name")),
                ("lang", models.CharField(default="zh-hans", max_length=10)),
                (
                    "actual_severity",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="severity as it came out"
                    ),
                ),
                (
                    "potential_severity",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="severity as it could have been"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "Reported"),
                            ("triaged", "Sorted"),
                            ("investigating", "Being looked into"),
                            ("actions", "Measures run"),
                            ("closed", "Closed"),
                            ("duplicate", "Reported twice"),
                        ],
                        default="reported",
                        max_length=13,
                        verbose_name="status",
                    ),
                ),
                (
                    "whys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(max_length=500),
                        blank=True,
                        default=list,
                        size=7,
                    ),
                ),
                (
                    "root_cause",
                    models.TextField(blank=True, max_length=1000, verbose_name="root cause"),
                ),
                (
                    "lessons",
                    models.TextField(blank=True, max_length=2000, verbose_name="what we learned"),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="closed at"),
                ),
                ("row_version", models.PositiveIntegerField(default=1)),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="accounts.department",
                        verbose_name="department",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="incidents.incident",
                        verbose_name="the same as",
                    ),
                ),
                (
                    "investigator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="investigations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="looked into by",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="incidents.incidentkind",
                        verbose_name="kind",
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reported by",
                    ),
                ),
                (
                    "service_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="registers.serviceline",
                        verbose_name="service line",
                    ),
                ),
            ],
            options={
                "verbose_name": "incident",
            },
        ),
        migrations.CreateModel(
            name="IncidentRisk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("known_before", models.BooleanField(verbose_name="stood in the register before")),
                ("confirmed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risk_links",
                        to="incidents.incident",
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incident_links",
                        to="registers.risk",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InjuredPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("staff", "One of us"),
                            ("customer", "A customer"),
                            ("third", "Somebody else"),
                        ],
                        max_length=8,
                        verbose_name="who",
                    ),
                ),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="severity"
                    ),
                ),
                ("days_lost", models.IntegerField(blank=True, null=True, verbose_name="days lost")),
                ("note", models.TextField(blank=True, max_length=500, verbose_name="note")),
                ("row_version", models.PositiveIntegerField(default=1)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="injured",
                        to="incidents.incident",
                    ),
                ),
            ],
            options={
                "verbose_name": "injured person",
            },
        ),
        migrations.CreateModel(
            name="LossEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("damage", "Damage to things"),
                            ("medical", "Medical costs"),
                            ("compensation", "Compensation"),
                            ("refund", "Refund"),
                            ("redo", "Work done again"),
                            ("fine", "Fine"),
                            ("downtime", "Lost business"),
                            ("other", "Other loss"),
                            ("insurer", "Paid by the insurer"),
                            ("supplier", "Paid by the supplier"),
                            ("returned", "Came back in another way"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="amount, CNY"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("estimate", "Estimated"), ("final", "Final")],
                        default="estimate",
                        max_length=8,
                        verbose_name="how sure",
                    ),
                ),
                ("booked_on", models.DateField(verbose_name="booked on")),
                ("note", models.TextField(blank=True, max_length=500, verbose_name="note")),
                (
                    "withdrawn_reason",
                    models.TextField(
                        blank=True, max_length=500, verbose_name="why it was taken back"
                    ),
                ),
                ("client_uuid", models.UUIDField(unique=True)),
                ("row_version", models.PositiveIntegerField(default=1)),
                (
                    "complaint",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="losses",
                        to="incidents.complaint",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="losses",
                        to="incidents.incident",
                    ),
                ),
            ],
            options={
                "verbose_name": "loss",
            },
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["-occurred_at", "-id"], name="incident_newest"),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["department", "state"], name="incident_of_department"),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="incident_text_not_blank"
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(("occurred_at__lte", models.F("reported_at"))),
                name="incident_not_before_it_happened",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_anonymous", False), ("reporter", None), _connector="OR"),
                name="incident_anonymous_has_no_reporter",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("actual_severity", None), ("actual_severity__range", (1, 5)), _connector="OR"
                ),
                name="incident_actual_one_to_five",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("potential_severity", None),
                    ("potential_severity__range", (1, 5)),
                    _connector="OR",
                ),
                name="incident_potential_one_to_five",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("state", "closed"),
                        models.Q(("root_cause", ""), _negated=True),
                    ),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at", None)),
                    _connector="OR",
                ),
                name="incident_closed_has_cause_and_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("duplicate_of__isnull", False),
                        ("state", "duplicate"),
                        models.Q(("duplicate_of", models.F("pk")), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "duplicate"), _negated=True), ("duplicate_of", None)
                    ),
                    _connector="OR",
                ),
                name="incident_duplicate_of_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="incidentrisk",
            constraint=models.UniqueConstraint(
                fields=("incident", "risk"), name="incident_risk_once"
            ),
        ),
        migrations.AddIndex(
            model_name="injuredperson",
            index=models.Index(fields=["incident", "id"], name="injured_of_incident"),
        ),
        migrations.AddConstraint(
            model_name="injuredperson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("severity", None), ("severity__range", (1, 5)), _connector="OR"
                ),
                name="injury_one_to_five",
            ),
        ),
        migrations.AddConstraint(
            model_name="injuredperson",
            constraint=models.CheckConstraint(
                condition=models.Q(("days_lost", None), ("days_lost__gte", 0), _connector="OR"),
                name="injury_days_not_negative",
            ),
        ),
        migrations.AddIndex(
            model_name="lossentry",
            index=models.Index(fields=["incident", "id"], name="loss_of_incident"),
        ),
        migrations.AddIndex(
            model_name="lossentry",
            index=models.Index(fields=["complaint", "id"], name="loss_of_complaint"),
        ),
        migrations.AddConstraint(
            model_name="lossentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="loss_amount_above_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="lossentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("complaint__isnull", False), ("incident", None)),
                    models.Q(("complaint", None), ("incident__isnull", False)),
                    _connector="OR",
                ),
                name="loss_of_one_thing",
            ),
        ),
        migrations.RunSQL(CLOSED_NAMES_A_RISK, CLOSED_FREELY),
    ]
