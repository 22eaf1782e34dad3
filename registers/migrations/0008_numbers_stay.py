from django.db import migrations

from registers import sql


class Migration(migrations.Migration):
    dependencies = [("registers", "0007_versions_of_the_plan")]

    operations = [migrations.RunSQL(sql.NUMBERS_STAY, sql.NUMBERS_FREE)]
