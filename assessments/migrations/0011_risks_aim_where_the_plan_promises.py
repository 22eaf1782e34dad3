from django.db import migrations

from assessments.sql import truth as sql_truth


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0010_risks_show_their_assessment"),
        ("registers", "0008_numbers_stay"),
    ]

    operations = [migrations.RunSQL(sql_truth.AIMED, sql_truth.AIMED_APART)]
