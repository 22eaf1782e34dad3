from django.db import migrations, models

from riskhub.audit import sql


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_functions")]

    operations = [
        migrations.AddField(
            model_name="auditseal",
            name="form",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.RunSQL(sql.SEAL_ALL, sql.SEAL_LESS),
    ]
