from django.db import migrations

from registers import sql_owners


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_department_tree"),
        ("registers", "0018_library_found_by_words"),
    ]

    operations = [migrations.RunSQL(sql_owners.REGISTERS, sql_owners.REGISTERS_AWAY)]
