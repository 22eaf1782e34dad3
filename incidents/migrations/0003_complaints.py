"""What customers complain of."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
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
                    "paused_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="waits for the customer since"
                    ),
                ),
                ("paused_minutes", models.PositiveIntegerField(default=0)),
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
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("first_contact_at", None),
                            models.Q(
                                ("state__in", ("closed", "withdrawn", "invalid")), _negated=True
                            ),
                        ),
                        fields=["first_contact_due"],
                        name="complaint_contact_due",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("offer_at", None),
                            models.Q(
                                ("state__in", ("closed", "withdrawn", "invalid")), _negated=True
                            ),
                        ),
                        fields=["offer_due"],
                        name="complaint_offer_due",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ("closed", "withdrawn", "invalid")), _negated=True
                        ),
                        fields=["close_due"],
                        name="complaint_close_due",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["contact_hashes"], name="complaint_contact"
                    ),
                    models.Index(
                        condition=models.Q(("order_ref", ""), _negated=True),
                        fields=["order_ref"],
                        name="complaint_order",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="complaint_text_not_blank",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_contact_at", None),
                            ("first_contact_at__gte", models.F("received_at")),
                            _connector="OR",
                        ),
                        name="complaint_contact_not_before_it_came",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("close_due__gte", models.F("offer_due")),
                            ("first_contact_due__gt", models.F("received_at")),
                            ("offer_due__gte", models.F("first_contact_due")),
                        ),
                        name="complaint_due_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("state__in", ("closed", "withdrawn", "invalid")),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ("closed", "withdrawn", "invalid")), _negated=True
                                ),
                                ("closed_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="complaint_over_has_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("closed", "withdrawn", "invalid")), _negated=True
                            ),
                            ("offer_at__isnull", False),
                            models.Q(("closed_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="complaint_closed_with_offer_or_reason",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repeat_of", None),
                            models.Q(("repeat_of", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="complaint_not_its_own_repeat",
                    ),
                ],
            },
        ),
    ]
