"""What the database refuses: raw SQL as the run-time role, and which constraint said no."""

from django.db import DatabaseError, connection, transaction


class Refusal:
    """`with Refusal(name):` what is done inside must be refused by the constraint of that name."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, kind, error, trace):
        self.atomic.__exit__(kind, error, trace)
        if error is not None and not isinstance(error, DatabaseError):
            return False
        assert error is not None, f"{self.name} did not refuse"
        told = error.__cause__.diag
        assert (told.constraint_name or told.message_primary) == self.name
        return True


def sql(statement, *values):
    """Rows changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def catalogue(query, *values):
    """Two columns as a dict."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return dict(cursor.fetchall())
