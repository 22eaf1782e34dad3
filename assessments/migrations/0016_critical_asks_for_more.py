from django.db import migrations

from assessments.sql.appetite import CRITICAL_ASKS_FOR_MORE


class Migration(migrations.Migration):
    dependencies = [("assessments", "0015_reassessment_tasks")]

    operations = [migrations.RunSQL(CRITICAL_ASKS_FOR_MORE, migrations.RunSQL.noop)]
