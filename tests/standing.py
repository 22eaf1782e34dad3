"""What many tests of one module only read: told once, and taken back after the last of them."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def standing(django_db_blocker):
    """For fixtures of a module or package that also ask for `django_db_setup`.

    Each test's own transaction lies inside, so tests may change what stands here: it is whole again
    for the next one.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
