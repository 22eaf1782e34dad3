"""Queries that are put into SQL once per process; only their values change from asking to asking.

Django takes longer to compose a query than PostgreSQL takes to answer a small one. For what every
request asks, and for what is done while people wait in line, it is composed once.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, QuerySet

Statement = tuple[str, Sequence[Any]]
"""SQL and its values."""
Rows = list[tuple[Any, ...]]


class Given(Expression):
    """Stands in the query for a value that comes with each asking: a filter takes it like an `F()`."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:  # noqa: ANN401, ARG002 - Django's
        return "%s", [self]


class Prepared:
    """`build` returns a query; it is called at the first asking."""

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self._build = build

    def rows(self, **values: Any) -> Rows:  # noqa: ANN401 - of any column
        """Needs a value for each `Given`, of the type of its column."""
        (found,) = ask(self.sql(**values))
        return found

    def instances(self, **values: Any) -> list[Any]:  # noqa: ANN401 - of any column
        """Of a query of whole rows, whose columns come from the database as they are."""
        model = self._query.model
        names = [field.attname for field in model._meta.concrete_fields]
        return [model.from_db(connection.alias, names, row) for row in self.rows(**values)]

    def sql(self, **values: Any) -> Statement:  # noqa: ANN401 - of any column
        """For a query that is put together of several."""
        text, parameters = self._composed
        given = (values[each.name] if isinstance(each, Given) else each for each in parameters)
        return text, tuple(given)

    @cached_property
    def _query(self) -> QuerySet[Any, Any]:
        return self._build()

    @cached_property
    def _composed(self) -> tuple[str, tuple[Any, ...]]:
        text, parameters = self._query.query.sql_with_params()
        return text, tuple(parameters)


def ask(*statements: Statement) -> list[Rows]:
    """Send them in one message and return the rows of each; each sees what those before it did."""
    with connection.cursor() as cursor:
        texts, values = zip(*statements, strict=True)
        cursor.execute(";".join(texts), [value for given in values for value in given])
        found = [_rows(cursor)]
        while cursor.nextset():
            found.append(_rows(cursor))
        return found


def _rows(cursor: Any) -> Rows:  # noqa: ANN401 - Django's or psycopg's
    return list(cursor.fetchall()) if cursor.description else []
