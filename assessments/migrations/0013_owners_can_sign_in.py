from django.db import migrations

from registers.sql_owners import guard, unguard

PLANS, ACTIONS = "assessments_responseplan", "assessments_action"
LIVE = "draft,submitted,changes_requested,approved,in_progress,completed,expired"


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0012_words_of_actions"),
        ("registers", "0020_owners_can_sign_in"),
    ]

    operations = [
        migrations.RunSQL(
            guard(PLANS, LIVE) + guard(ACTIONS, "open,doing"), unguard(ACTIONS) + unguard(PLANS)
        )
    ]
