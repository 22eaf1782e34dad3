from typing import Any

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models
from django.db.models import Q

STANDS = ~Q(source="") & Q(taken_back_at=None)
WAS_IMPORTED = Q(taken_back_at=None) | Q(imported_at__isnull=False)


def steps(model: str) -> list[Any]:
    """The index is another one while it is made: at each moment one of both refuses a record twice."""
    name = f"{model}_once_from_elsewhere"
    table = f"incidents_{model}"
    made = (
        f"CREATE UNIQUE INDEX CONCURRENTLY %s ON {table} (source, external_id) WHERE source <> ''"
    )
    dropped = "DROP INDEX CONCURRENTLY IF EXISTS %s"
    renamed = "ALTER INDEX %s RENAME TO %s"
    new, old = f"{name}_new", f"{name}_old"
    return [
        migrations.AddField(
            model_name=model,
            name="taken_back_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="taken back at"),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(model_name=model, name=name),
                migrations.AddConstraint(
                    model_name=model,
                    constraint=models.UniqueConstraint(
                        fields=["source", "external_id"], name=name, condition=STANDS
                    ),
                ),
            ],
            database_operations=[
                migrations.RunSQL(dropped % new, dropped % old),
                migrations.RunSQL(f"{made % new} AND taken_back_at IS NULL", renamed % (old, name)),
                migrations.RunSQL(dropped % name, dropped % name),
                migrations.RunSQL(renamed % (new, name), made % old),
            ],
        ),
        AddConstraintNotValid(
            model_name=model,
            constraint=models.CheckConstraint(
                name=f"{model}_taken_back_was_imported", condition=WAS_IMPORTED
            ),
        ),
        ValidateConstraint(model_name=model, name=f"{model}_taken_back_was_imported"),
    ]


class Migration(migrations.Migration):
    atomic = False  # records come in while the indexes are made
    dependencies = [("incidents", "0017_clauses")]

    operations = [*steps("complaint"), *steps("incident")]
