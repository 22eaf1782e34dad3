from django.db import migrations

from registers import sql_owners


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_department_tree"),
        ("registers", "0019_bulk_edits"),
    ]

    operations = [migrations.RunSQL(sql_owners.REGISTERS, sql_owners.REGISTERS_AWAY)]
