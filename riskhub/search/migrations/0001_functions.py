from django.db import migrations

from riskhub.search import sql


class Migration(migrations.Migration):
    dependencies = []

    operations = [migrations.RunSQL(sql.FUNCTIONS, sql.DROP)]
