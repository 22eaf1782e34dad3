from django.db import migrations

from registers import sql


class Migration(migrations.Migration):
    dependencies = [("registers", "0025_policies_clauses_suppliers")]

    operations = [migrations.RunSQL(sql.LOOKED_AT_AFTER, sql.LOOKED_AT_BEFORE)]
