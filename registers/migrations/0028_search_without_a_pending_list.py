"""The search index takes new words at once: a pending list is read through by every search.

Many searches come for one write, and while the list is long the planner leaves the index for the
whole table.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registers", "0027_ends_count_for_themselves")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER INDEX risk_search SET (fastupdate = off)",
                    "ALTER INDEX risk_search SET (fastupdate = on)",
                ),
                migrations.RunSQL(
                    "SELECT gin_clean_pending_list('risk_search')", migrations.RunSQL.noop
                ),
            ],
            state_operations=[
                migrations.RemoveIndex("risk", "risk_search"),
                migrations.AddIndex(
                    "risk", GinIndex(fields=["search"], name="risk_search", fastupdate=False)
                ),
            ],
        )
    ]
