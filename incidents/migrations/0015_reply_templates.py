from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0014_activations"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReplyTemplate",
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
                ("text_zh", models.TextField(max_length=1000, verbose_name="text in Chinese")),
                ("text_en", models.TextField(max_length=1000, verbose_name="text in English")),
                (
                    "order",
                    models.PositiveSmallIntegerField(default=0, verbose_name="place in the list"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="offered")),
                (
                    "row_version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False),
                ),
            ],
            options={
                "verbose_name": "reply template",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text_zh", ""), _negated=True),
                            models.Q(("text_en", ""), _negated=True),
                        ),
                        name="reply_says_something_in_both_languages",
                    )
                ],
            },
        ),
    ]
