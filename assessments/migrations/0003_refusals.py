from django.db import migrations

from assessments.sql import refusals as sql


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_initial"), ("audit", "0002_functions")]

    operations = [
        migrations.RunSQL(sql.CELLS, migrations.RunSQL.noop),
        migrations.RunSQL(sql.APPROVALS, migrations.RunSQL.noop),
    ]
