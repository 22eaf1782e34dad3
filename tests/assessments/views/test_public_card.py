"""Without signing in, by an address that nobody guesses, as long as it is shared."""

from uuid import uuid4

import pytest

from assessments.services import retire_contingency_plan, share_card
from tests.contingency import make_contingency

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager)


def url(plan):
    return f"/m/cp/{plan.card_key}"


def test_only_while_it_is_shared(plan, client, risk_manager):
    assert client.get(url(plan)).status_code == 404
    shared = share_card(plan, by=risk_manager, is_public=True)
    page = client.get(url(shared))
    assert page.status_code == 200
    assert "拨打120" in page.content.decode()
    assert page["Cache-Control"].count("no-store") == 1
    share_card(plan, by=risk_manager, is_public=False)
    again = share_card(plan, by=risk_manager, is_public=True)
    assert client.get(url(shared)).status_code == 404
    assert client.get(url(again)).status_code == 200


def test_a_guess_and_a_retired_plan(plan, client, risk_manager):
    assert client.get(f"/m/cp/{uuid4()}").status_code == 404
    shared = share_card(plan, by=risk_manager, is_public=True)
    retire_contingency_plan(plan, by=risk_manager, reason="停")
    assert client.get(url(shared)).status_code == 404


def test_wrong_method(plan, client):
    assert client.post(url(plan)).status_code == 405
