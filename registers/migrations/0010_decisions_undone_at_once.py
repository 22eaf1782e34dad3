from django.db import migrations

from registers import sql


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_functions"), ("registers", "0009_filings_in_depth")]

    operations = [
        migrations.RunSQL(sql.DECISIONS_STAY_UNLESS_UNDONE, sql.DECISIONS_STAY_ALWAYS),
        migrations.RunSQL(sql.MESSAGES_STAY, sql.MESSAGES_FREE),
    ]
