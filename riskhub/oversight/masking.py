"""What the log keeps and does not show: one list of columns, by their tables.

The package that owns a table names them in `ready()`:

    withhold(User, "email", "phone", unless=can_see_contacts)

The stored event is untouched and its seal holds for it; only what is shown and handed out is masked.
A column that no page may ever show has no `unless`; a file leaves the house, so in files all are masked.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

from riskhub.accounts.models import User

MASK = "•••"
"""As the page of a person shows what is not the reader's to see."""
STORED_MASK = "***"
"""As the trigger writes what it does not keep."""
Values = Mapping[str, Any]
Reads = Callable[[User], bool]

_withheld: dict[str, dict[str, Reads | None]] = {}


def withhold(model: type[Model], *columns: str, unless: Reads | None = None) -> None:
    _withheld.setdefault(model._meta.db_table, {}).update(dict.fromkeys(columns, unless))


def withheld() -> dict[str, list[str]]:
    """{table: columns} of all that is masked in files."""
    return {table: sorted(columns) for table, columns in sorted(_withheld.items())}


def masked(table: str, values: Values | None, reader: User | None = None) -> Values | None:
    """The same object where nothing is to be masked. What was empty stays so; no reader is a file."""
    hidden = {
        column
        for column, may_read in _withheld.get(table, {}).items()
        if values
        and values.get(column) not in (None, "", STORED_MASK)
        and not (reader and may_read and may_read(reader))
    }
    return values if not hidden else {**(values or {}), **dict.fromkeys(hidden, MASK)}


def names_masked(side: str, before: Values | None, after: Values | None) -> list[str]:
    """“after.email”: what differs between the two, as it stands in the file."""
    if before is after or before is None or after is None:
        return []
    return [f"{side}.{name}" for name in before if before[name] != after[name]]
