from django.db import migrations

from riskhub.oversight import sql


class Migration(migrations.Migration):
    initial = True

    dependencies = [("audit", "0004_indexes_of_the_log"), ("search", "0001_functions")]

    operations = [migrations.RunSQL(sql.LABEL_WORDS, sql.DROP_LABEL_WORDS)]
