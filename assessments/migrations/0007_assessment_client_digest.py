from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0006_decisions_stay")]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="client_digest",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=64
            ),
        ),
    ]
