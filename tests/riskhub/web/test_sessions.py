"""What was signed out elsewhere has ended; what the database could not keep has not."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError

from riskhub.web.sessions import SessionStore
from tests.riskhub.work.test_restarts import cut_all

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session():
    store = SessionStore()
    store["step"] = 1
    store.save()
    store["step"] = 2
    return store


def test_a_database_that_went_away_is_said_as_that(session, as_owner):
    cut_all(as_owner)
    with pytest.raises(OperationalError):
        session.save()


def test_a_session_that_ended_elsewhere_is_said_as_that(session):
    SessionStore(session.session_key).delete()
    with pytest.raises(UpdateError):
        session.save()


def test_what_is_kept_is_read_again(session):
    session.save()
    assert SessionStore(session.session_key)["step"] == 2
