from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0004_outcome_of_each_row")]

    operations = [
        migrations.AlterField(
            model_name="importrun",
            name="state",
            field=models.CharField(
                choices=[
                    ("uploaded", "Uploaded"),
                    ("applying", "Being applied"),
                    ("applied", "Applied"),
                    ("failed", "Failed"),
                    ("discard", "Discarded"),
                ],
                default="uploaded",
                max_length=8,
            ),
        ),
    ]
