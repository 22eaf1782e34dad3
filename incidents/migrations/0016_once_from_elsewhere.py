from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False  # complaints come in while the index is made
    dependencies = [("incidents", "0015_reply_templates")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddConstraint(
                    model_name=name,
                    constraint=models.UniqueConstraint(
                        fields=["source", "external_id"],
                        name=f"{name}_once_from_elsewhere",
                        condition=~Q(source=""),
                    ),
                )
            ],
            database_operations=[
                # One that was begun and broken off, or made with the columns at first.
                migrations.RunSQL(
                    f"DROP INDEX CONCURRENTLY IF EXISTS {name}_once_from_elsewhere",
                    migrations.RunSQL.noop,
                ),
                migrations.RunSQL(
                    f"CREATE UNIQUE INDEX CONCURRENTLY {name}_once_from_elsewhere"
                    f" ON incidents_{name} (source, external_id) WHERE source <> ''",
                    f"DROP INDEX CONCURRENTLY IF EXISTS {name}_once_from_elsewhere",
                ),
            ],
        )
        for name in ("complaint", "incident")
    ]
