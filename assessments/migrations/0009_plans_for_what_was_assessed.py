from django.db import migrations

from assessments.sql import truth as sql_truth


class Migration(migrations.Migration):
    dependencies = [("assessments", "0008_risks_show_versions")]

    operations = [
        migrations.RunSQL(sql_truth.PUBLIC, sql_truth.ANYWHERE),
        migrations.RunSQL(sql_truth.SUBMITTED, sql_truth.SUBMITTED_FREELY),
    ]
