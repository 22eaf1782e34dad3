from django.db import migrations

from registers.sql_owners import guard, unguard

GAPS = "assessments_drillgap"


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0026_actions_are_verified"),
        ("registers", "0020_owners_can_sign_in"),
    ]

    operations = [migrations.RunSQL(guard(GAPS, "open"), unguard(GAPS))]
