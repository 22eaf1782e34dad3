"""Queries that are put into SQL once per process; only their values change from asking to asking.

Django takes longer to compose a query than PostgreSQL takes to answer a small one. For what every
request asks, and for what is done while people wait in line, it is composed once.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, QuerySet


class Given(Expression):
    """Stands in the query for a value that comes with each asking: a filter takes it like an `F()`."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:  # noqa: ANN401, ARG002 - Django's
        return "%s", [self]


class Prepared:
    """`build` returns a query of values; it is called at the first asking."""

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self._build = build

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - of any column
        """Needs a value for each `Given`, of the type of its column."""
        with connection.cursor() as cursor:
            cursor.execute(*self.sql(**values))
            return list(cursor.fetchall())

    def sql(self, **values: Any) -> tuple[str, tuple[Any, ...]]:  # noqa: ANN401 - of any column
        """For a query that is put together of several."""
        text, parameters = self._composed
        given = (values[each.name] if isinstance(each, Given) else each for each in parameters)
        return text, tuple(given)

    @cached_property
    def _composed(self) -> tuple[str, tuple[Any, ...]]:
        text, parameters = self._build().query.sql_with_params()
        return text, tuple(parameters)
