from django.db import migrations

from riskhub.audit.sql import RECORD


class Migration(migrations.Migration):
    """The matrices have no other key than their number: their events now name it."""

    dependencies = [("audit", "0004_indexes_of_the_log")]

    operations = [migrations.RunSQL(RECORD, migrations.RunSQL.noop)]
