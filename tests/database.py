"""The test databases: migrated once by the owner, copied per worker, used by the run-time role."""

import os
import warnings
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import django
import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from riskhub.local.locks import Lock

TEMPLATE = "test_riskhub_template"
MIGRATED = f"{TEMPLATE}_migrated"


def connect_as_owner(database=None):
    """The owner's own connection, in autocommit; by default to this worker's test database."""
    url = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
    name = database or connection.settings_dict["NAME"]
    return psycopg.connect(make_conninfo(url, dbname=name), autocommit=True)


@pytest.fixture
def as_owner():
    """A connection of the database's owner, for what the run-time role must not be able to do."""
    with connect_as_owner() as owner:
        yield owner


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Instead of pytest-django's: Django would create and migrate once per worker."""
    name = f"test_riskhub_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        _make_template()
        _use(name)
        _copy_template(name)
        for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):  # for processes that tests start
            if os.environ.get(variable):
                url = urlsplit(os.environ[variable])._replace(path=f"/{name}")
                patch.setenv(variable, url.geturl())
        patch.setattr(TransactionTestCase, "_fixture_teardown", _start_over)
        yield
        connections.close_all()


def tell_once(name, tell):
    """What `tell()` really commits is told once per worker, kept, and copied when it is asked for again."""
    own = connection.settings_dict["NAME"]
    kept = f"{own}_{name}"
    with _server() as server:
        if _has(server, kept):
            _copy_template(own, kept)
            return
    tell()
    _copy_template(kept, own)


def _start_over(_case):
    """After a test that really committed: Django would TRUNCATE, which the audit tables refuse."""
    _copy_template(connection.settings_dict["NAME"])


def _make_template():
    """The first worker makes it, the others wait; it is renamed to its name when complete."""
    with Lock(Path(os.environ["RISKHUB_DATA"]) / "template.lock") as lock, _server() as server:
        lock.take(patience=300)
        if _has(server, TEMPLATE):
            return
        migrate()
        _use(MIGRATED)
        call_command("load_library", stdout=StringIO())
        connection.close()
        _rename(server, MIGRATED, TEMPLATE)


def migrate():
    """Whoever comes first, a process of the session's start (tests/engines.py) or a worker; once."""
    with Lock(Path(os.environ["RISKHUB_DATA"]) / "migrate.lock") as lock, _server() as server:
        lock.take(patience=300)
        if _has(server, MIGRATED) or _has(server, TEMPLATE):
            return
        making = f"{TEMPLATE}_making"
        server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(making)))
        server.execute(SQL("CREATE DATABASE {}").format(Identifier(making)))
        _use(making)
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()
        _rename(server, making, MIGRATED)


def _copy_template(name, template=TEMPLATE):
    connections.close_all()
    with _server() as server:
        server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
        copy = SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        server.execute(copy.format(Identifier(name), Identifier(template)))


def _use(name):
    connection.close()
    connection.settings_dict["NAME"] = name


def _server():
    return connect_as_owner("postgres")


def _has(server, name):
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()


def _rename(server, name, new):
    names = Identifier(name), Identifier(new)
    server.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(*names))


if __name__ == "__main__":
    warnings.simplefilter("error")  # as in a test
    django.setup()
    migrate()
