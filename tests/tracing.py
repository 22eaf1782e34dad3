"""The tracer of coverage rests where no code of ours runs: it makes all Python half as slow again."""

import sys
from functools import wraps

import pytest
from django.db.backends.utils import CursorWrapper
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler, SQLInsertCompiler, SQLUpdateCompiler

FOREIGN = (
    (CursorWrapper, "execute"),
    (Query, "chain"),
    (SQLCompiler, "execute_sql"),
    (SQLInsertCompiler, "execute_sql"),
    (SQLUpdateCompiler, "execute_sql"),
)
"""Django's and psycopg's way to the database and back; an expression of ours is written to SQL there."""


@pytest.fixture(scope="session", autouse=True)
def resting_tracer():
    """Nothing changes where nothing is traced."""
    with pytest.MonkeyPatch.context() as patch:
        if sys.gettrace():
            for owner, name in FOREIGN:
                patch.setattr(owner, name, untraced(getattr(owner, name)))
        yield


def untraced(function):
    @wraps(function)
    def resting(*arguments, **named):
        tracer = sys.gettrace()
        sys.settrace(None)
        try:
            return function(*arguments, **named)
        finally:
            sys.settrace(tracer)

    return resting
