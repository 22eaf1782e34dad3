from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registers", "0005_decisions_stay")]

    operations = [
        migrations.AddField(
            model_name="risk",
            name="client_digest",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=64
            ),
        ),
    ]
