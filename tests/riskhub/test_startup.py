"""A database with the demo company is never served in production."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError

from riskhub import startup
from riskhub.company.services import set_preference
from riskhub.startup import DEMO_DATA, check_demo_data, holds_demo_data, refuse_demo_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    set_preference("is_demo", value=True, by=None)


@pytest.fixture
def production(settings, monkeypatch):
    settings.IS_PRODUCTION = True
    monkeypatch.setattr(startup.connection, "close", lambda: None)  # the test's own transaction


@pytest.mark.usefixtures("demo", "production")
def test_the_demo_is_refused():
    with pytest.raises(ImproperlyConfigured, match="holds the demo company"):
        refuse_demo_data()
    assert [error.msg for error in check_demo_data(databases=["default"])] == [DEMO_DATA]
    with pytest.raises(SystemCheckError, match="holds the demo company"):
        call_command("check", databases=["default"])


@pytest.mark.usefixtures("demo")
def test_on_one_machine_it_is_welcome(monkeypatch):
    monkeypatch.setattr(startup.connection, "close", lambda: None)
    refuse_demo_data()
    assert check_demo_data(databases=["default"]) == []


@pytest.mark.usefixtures("production")
def test_a_company_of_ones_own_is_served():
    refuse_demo_data()
    assert check_demo_data(databases=["default"]) == []


@pytest.mark.usefixtures("demo", "production")
def test_a_check_without_a_database_asks_none():
    assert check_demo_data() == []


def test_before_the_first_migration_there_is_no_demo(monkeypatch):
    def missing(_key):
        raise DatabaseError

    monkeypatch.setattr(startup, "preference", missing)
    assert not holds_demo_data()
