"""How fast each kind of complaint has to be answered becomes rows; until now categories named codes."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

# As in the library, which fills in what it says besides.
USUAL = {
    code: {
        "name_zh": zh, "name_en": en, "clock": clock,
        "first_contact": contact, "offer": offer, "close": close,
    }
    for code, zh, en, clock, contact, offer, close in (
        ("S1", "紧急", "Urgent", "calendar", 30, 1440, 10080),
        ("S2", "重要", "Serious", "working", 120, 960, 2400),
        ("S3", "一般", "Normal", "working", 480, 1440, 4800),
    )
}  # fmt: skip


def name_known(apps: Any, _editor: Any) -> None:  # noqa: ANN401 - Django's signature
    """Categories that were loaded before severities were rows name them by their codes."""
    severities = apps.get_model("incidents", "Severity").objects
    named = apps.get_model("incidents", "ComplaintCategory").objects.order_by()
    for code in named.values_list("severity", flat=True).distinct():
        severities.get_or_create(code=code, defaults=USUAL[code])


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Severity",
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
                ("code", models.CharField(max_length=2, unique=True, verbose_name="code")),
                (
                    "when_zh",
                    models.CharField(blank=True, max_length=200, verbose_name="when, in Chinese"),
                ),
                (
                    "when_en",
                    models.CharField(blank=True, max_length=200, verbose_name="when, in English"),
                ),
                (
                    "clock",
                    models.CharField(
                        choices=[("calendar", "All hours"), ("working", "Working hours")],
                        max_length=8,
                        verbose_name="counted in",
                    ),
                ),
                (
                    "first_contact",
                    models.PositiveIntegerField(verbose_name="first contact, minutes"),
                ),
                ("offer", models.PositiveIntegerField(verbose_name="offer, minutes")),
                ("close", models.PositiveIntegerField(verbose_name="closing, minutes")),
                (
                    "row_version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False),
                ),
            ],
            options={
                "verbose_name": "severity",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("close__gte", models.F("offer")),
                            ("first_contact__gt", 0),
                            ("offer__gte", models.F("first_contact")),
                        ),
                        name="severity_minutes_rise",
                    )
                ],
            },
        ),
        migrations.RunPython(name_known, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="complaintcategory",
            name="severity",
            field=models.ForeignKey(
                db_column="severity",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="categories",
                to="incidents.severity",
                to_field="code",
                verbose_name="severity",
            ),
        ),
    ]
