from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registers", "0006_risk_client_digest")]

    operations = [
        migrations.AddField(
            model_name="risk",
            name="plan_in_force",
            field=models.PositiveSmallIntegerField(
                editable=False, null=True, verbose_name="version in force"
            ),
        ),
        migrations.AddField(
            model_name="risk",
            name="plan_version",
            field=models.PositiveSmallIntegerField(
                editable=False, null=True, verbose_name="plan version"
            ),
        ),
    ]
