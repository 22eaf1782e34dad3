from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0002_made_by_the_system")]

    operations = [
        migrations.AddField(
            model_name="importrun", name="new_target", field=models.JSONField(null=True)
        ),
    ]
