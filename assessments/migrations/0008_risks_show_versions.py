from django.db import migrations

from assessments.sql.refusals import SHOW_VERSIONS


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0007_assessment_client_digest"),
        ("registers", "0007_versions_of_the_plan"),
    ]

    operations = [migrations.RunSQL(SHOW_VERSIONS, migrations.RunSQL.noop)]
