"""What customers complain of, what is said about it and offered, and the risks behind it."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_stand_ins"),
        ("incidents", "0002_severities"),
        ("registers", "0028_search_without_a_pending_list"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("client_uuid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("secret_hash", models.CharField(blank=True, max_length=64)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web_form", "Web form"),
                            ("phone", "Telephone"),
                            ("wechat", "WeChat"),
                            ("app", "App"),
                            ("store", "In person"),
                            ("platform", "Ordering platform"),
                            ("hotline_12315", "Hotline 12315"),
                            ("social_media", "Social media"),
                            ("visit", "Visit at home"),
                        ],
                        max_length=13,
                        verbose_name="channel",
                    ),
                ),
                ("text", models.TextField(verbose_name="what happened?")),
                (
                    "troubles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("hurt", "Somebody is hurt"),
                                ("danger", "It is still dangerous"),
                                ("damage", "Something is broken or missing"),
                                ("charges", "The price is not right"),
                                ("late", "Late, or nobody came"),
                                ("manners", "Bad manners"),
                            ],
                            max_length=8,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="is this so?",
                    ),
                ),
                ("order_ref", models.CharField(blank=True, max_length=100, verbose_name="order")),
                (
                    "wish",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("apology", "An apology and an explanation"),
                            ("redo", "Do it again"),
                            ("refund", "Money back"),
                            ("repair", "Repair or replace what was damaged"),
                            ("other", "Something else"),
                        ],
                        max_length=7,
                        verbose_name="what should we do?",
                    ),
                ),
                (
                    "wish_text",
                    models.TextField(blank=True, max_length=1000, verbose_name="in your words"),
                ),
                ("contact_name", models.TextField(blank=True, verbose_name="name")),
                ("contact_phone", models.TextField(blank=True, verbose_name="telephone")),
                ("contact_email", models.TextField(blank=True, verbose_name="mail address")),
                ("contact_address", models.TextField(blank=True, verbose_name="address")),
                (
                    "contact_hashes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("lang", models.CharField(default="zh-hans", max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("contacted", "Contacted"),
                            ("investigating", "Being looked into"),
                            ("offered", "Offer made"),
                            ("declined", "Offer declined"),
                            ("escalated", "Escalated"),
                            ("accepted", "Offer accepted"),
                            ("fulfilled", "Offer fulfilled"),
                            ("closed", "Closed"),
                            ("withdrawn", "Withdrawn"),
                            ("invalid", "Not valid"),
                        ],
                        default="received",
                        max_length=13,
                        verbose_name="status",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="received at"
                    ),
                ),
                ("first_contact_due", models.DateTimeField(verbose_name="first contact due")),
                (
                    "first_contact_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="first contact at"),
                ),
                ("offer_due", models.DateTimeField(verbose_name="offer due")),
                ("offer_at", models.DateTimeField(blank=True, null=True, verbose_name="offer at")),
                ("close_due", models.DateTimeField(verbose_name="closing due")),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="closed at"),
                ),
                (
                    "next_due",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Least(
                            models.Case(
                                models.When(
                                    first_contact_at=None, then=models.F("first_contact_due")
                                )
                            ),
                            models.Case(models.When(offer_at=None, then=models.F("offer_due"))),
                            models.F("close_due"),
                        ),
                        output_field=models.DateTimeField(),
                    ),
                ),
                (
                    "paused_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="waits for the customer since"
                    ),
                ),
                ("paused_minutes", models.PositiveIntegerField(default=0)),
                (
                    "root_cause",
                    models.TextField(blank=True, max_length=1000, verbose_name="root cause"),
                ),
                (
                    "satisfaction",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="satisfaction, 1 to 5"
                    ),
                ),
                (
                    "closed_reason",
                    models.TextField(blank=True, max_length=1000, verbose_name="why it ended"),
                ),
                ("anonymised_at", models.DateTimeField(blank=True, null=True)),
                ("row_version", models.PositiveIntegerField(default=1)),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="incidents.complaintcategory",
                        verbose_name="category",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="accounts.department",
                        verbose_name="department",
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handled by",
                    ),
                ),
                (
                    "repeat_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeats",
                        to="incidents.complaint",
                        verbose_name="repeats",
                    ),
                ),
                (
                    "service_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="registers.serviceline",
                        verbose_name="service line",
                    ),
                ),
                (
                    "severity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="incidents.severity",
                        verbose_name="severity",
                    ),
                ),
            ],
            options={
                "verbose_name": "complaint",
            },
        ),
        migrations.CreateModel(
            name="ComplaintMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("in", "From the customer"),
                            ("out", "To the customer"),
                            ("internal", "Among ourselves"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="message")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("client_uuid", models.UUIDField(unique=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="incidents.complaint",
                    ),
                ),
            ],
            options={
                "verbose_name": "message about a complaint",
            },
        ),
        migrations.CreateModel(
            name="ComplaintRisk",
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
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risk_links",
                        to="incidents.complaint",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaint_links",
                        to="registers.risk",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Resolution",
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
                            ("apology", "Apology and explanation"),
                            ("redo", "Free redo"),
                            ("replace", "Another worker"),
                            ("refund", "Refund, in part or in full"),
                            ("repair", "Repair or replacement of what was damaged"),
                            ("compensation", "Compensation"),
                            ("insurance", "Help with an insurance claim"),
                            ("escort", "Help with medical care"),
                            ("report", "Help to report to police or authority"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(max_length=1000, verbose_name="what we offer")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="amount, CNY",
                    ),
                ),
                ("authority_limit", models.DecimalField(decimal_places=2, max_digits=12)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("offered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("none", "Not answered"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                        ],
                        default="none",
                        max_length=8,
                    ),
                ),
                ("answer_text", models.TextField(blank=True, max_length=1000)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("fulfilled_at", models.DateTimeField(blank=True, null=True)),
                ("client_uuid", models.UUIDField(unique=True)),
                ("row_version", models.PositiveIntegerField(default=1)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="incidents.complaint",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "offer",
            },
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ("closed", "withdrawn", "invalid")), _negated=True
                ),
                fields=["next_due", "id"],
                name="complaint_next_due",
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ("closed", "withdrawn", "invalid")), _negated=True
                ),
                fields=["handler", "next_due"],
                name="complaint_of_handler",
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["contact_hashes"], name="complaint_contact"
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(("order_ref", ""), _negated=True),
                fields=["order_ref"],
                name="complaint_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="complaint_text_not_blank"
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_contact_at", None),
                    ("first_contact_at__gte", models.F("received_at")),
                    _connector="OR",
                ),
                name="complaint_contact_not_before_it_came",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("close_due__gte", models.F("offer_due")),
                    ("first_contact_due__gt", models.F("received_at")),
                    ("offer_due__gte", models.F("first_contact_due")),
                ),
                name="complaint_due_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("state__in", ("closed", "withdrawn", "invalid")),
                    ),
                    models.Q(
                        models.Q(("state__in", ("closed", "withdrawn", "invalid")), _negated=True),
                        ("closed_at", None),
                    ),
                    _connector="OR",
                ),
                name="complaint_over_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("closed", "withdrawn", "invalid")), _negated=True),
                    ("offer_at__isnull", False),
                    models.Q(("closed_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="complaint_closed_with_offer_or_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("anonymised_at", None),
                    models.Q(
                        ("contact_address", ""),
                        ("contact_email", ""),
                        ("contact_hashes", []),
                        ("contact_name", ""),
                        ("contact_phone", ""),
                    ),
                    _connector="OR",
                ),
                name="complaint_anonymised_has_no_contact",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("satisfaction", None), ("satisfaction__range", (1, 5)), _connector="OR"
                ),
                name="complaint_satisfaction_one_to_five",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("repeat_of", None),
                    models.Q(("repeat_of", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="complaint_not_its_own_repeat",
            ),
        ),
        migrations.AddIndex(
            model_name="complaintmessage",
            index=models.Index(fields=["complaint", "id"], name="complaint_message_of"),
        ),
        migrations.AddConstraint(
            model_name="complaintmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="complaint_message_not_blank"
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("author", None), ("direction", "in")),
                    models.Q(
                        models.Q(("direction", "in"), _negated=True), ("author__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="complaint_message_from_customer_has_no_author",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintrisk",
            constraint=models.UniqueConstraint(
                fields=("complaint", "risk"), name="complaint_risk_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="offer_text_not_blank"
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", None), ("amount__gt", 0), _connector="OR"),
                name="offer_amount_above_zero",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("approved_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="offer_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("offered_at", None),
                    ("amount", None),
                    ("amount__lte", models.F("authority_limit")),
                    ("approved_by__isnull", False),
                    _connector="OR",
                ),
                name="offer_above_authority_is_approved_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "none"), ("answered_at", None)),
                    models.Q(
                        models.Q(("answer", "none"), _negated=True),
                        ("answered_at__gte", models.F("offered_at")),
                        ("offered_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="offer_answered_once_it_was_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("fulfilled_at", None), ("answer", "accepted"), _connector="OR"),
                name="offer_fulfilled_once_it_was_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer", "none")),
                fields=("complaint",),
                name="offer_one_open_of_a_complaint",
            ),
        ),
    ]
