from django.db import migrations

from riskhub.audit import sql


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(sql.FUNCTIONS, sql.DROP),
        migrations.RunSQL(sql.APPEND_ONLY, migrations.RunSQL.noop),
    ]
