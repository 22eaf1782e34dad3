from django.db import migrations

from assessments.sql import refusals as sql


class Migration(migrations.Migration):
    dependencies = [("assessments", "0005_names_of_fields")]

    operations = [migrations.RunSQL(sql.DECISIONS_STAY, sql.DECISIONS_FREE)]
