from django.db import migrations, models

from registers.sql import ORIGINS_FREE, ORIGINS_STAY


class Migration(migrations.Migration):
    dependencies = [("registers", "0011_controls")]

    operations = [
        migrations.AddField(
            model_name="riskproposal",
            name="similar",
            field=models.JSONField(
                db_default=models.Value([], models.JSONField()), default=list, editable=False
            ),
        ),
        migrations.RunSQL(ORIGINS_STAY, ORIGINS_FREE),
    ]
