from django.db import migrations

from assessments.sql import schemes as sql_schemes


class Migration(migrations.Migration):
    dependencies = [("assessments", "0029_net_of_a_policy")]

    operations = [migrations.RunSQL(sql_schemes.LEVELS_IN_FORCE, sql_schemes.NUMBERS_IN_FORCE)]
