from django.db import migrations

from registers import sql


class Migration(migrations.Migration):
    dependencies = [("registers", "0004_risk_client_uuid")]

    operations = [migrations.RunSQL(sql.DECISIONS_STAY, sql.DECISIONS_FREE)]
