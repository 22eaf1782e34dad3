from django.db import migrations, models

from assessments.sql import refusals as sql


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_refusals")]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="client_uuid",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.RunSQL(sql.FOUR_EYES, migrations.RunSQL.noop),
    ]
