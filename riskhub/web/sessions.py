"""Sessions in the database, as Django keeps them, but a database that went away is no session that ended.

Django answers both with 400, which an outbox takes for a refusal; with 500 it sends the same again.
"""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import InterfaceError, OperationalError


class SessionStore(db.SessionStore):
    def save(self, must_create: bool = False) -> None:
        try:
            super().save(must_create)
        except UpdateError as fault:
            cause = fault.__context__
            if isinstance(cause, OperationalError | InterfaceError):
                raise cause from None
            raise
