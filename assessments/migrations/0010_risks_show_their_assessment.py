from django.db import migrations

from assessments.sql import truth as sql_truth


class Migration(migrations.Migration):
    dependencies = [("assessments", "0009_plans_for_what_was_assessed")]

    operations = [migrations.RunSQL(sql_truth.SHOWN, sql_truth.SHOWN_FREELY)]
