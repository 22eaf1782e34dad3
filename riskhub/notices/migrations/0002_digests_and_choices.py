import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

DELIVERIES = [
    ("now", "By mail at once"), ("digest", "In the daily mail"), ("bell", "Only in RiskHub"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DigestTime",
            fields=[
                ("user", models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE, primary_key=True,
                    related_name="digest_time", serialize=False, to=settings.AUTH_USER_MODEL,
                )),
                ("hour", models.PositiveSmallIntegerField(
                    default=8, verbose_name="hour of the daily mail"
                )),
            ],
            options={
                "constraints": [models.CheckConstraint(
                    condition=models.Q(("hour__lt", 24)), name="digest_hour_of_a_day"
                )],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                )),
                ("topic", models.CharField(max_length=20, verbose_name="topic")),
                ("delivery", models.CharField(
                    choices=DELIVERIES, max_length=6, verbose_name="delivery"
                )),
                ("user", models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions",
                    to=settings.AUTH_USER_MODEL,
                )),
            ],
            options={
                "constraints": [models.UniqueConstraint(
                    fields=("user", "topic"), name="subscription_once_per_topic"
                )],
            },
        ),
        migrations.AddField(
            model_name="notice",
            name="delivery",
            field=models.CharField(
                choices=DELIVERIES, db_default="now", default="now", max_length=6
            ),
        ),
        migrations.AddField(
            model_name="notice", name="digest_on", field=models.DateField(null=True)
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("delivery", "digest"), ("digest_on", None)),
                fields=["user", "created_at"], name="notice_gathered",
            ),
        ),
    ]  # fmt: skip
