from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("work", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="work",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("mail", "The mail server did not take the message."),
                    ("network", "A service that it needs does not answer."),
                    ("gone", "What it is about is no longer there."),
                    ("full", "The disk is full."),
                    ("lost", "Its worker was lost at every attempt."),
                    (
                        "unknown",
                        "This version of the program does not know this kind of work.",
                    ),
                    (
                        "fault",
                        "A fault that nobody foresaw; the log of the worker has the details.",
                    ),
                ],
                db_default="",
                default="",
                max_length=7,
            ),
        ),
    ]
