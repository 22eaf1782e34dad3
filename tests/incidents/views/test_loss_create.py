from decimal import Decimal
from uuid import uuid4

import pytest

from incidents.models import LossEntry
from tests.cast import make_user
from tests.incidents.reporting import make_incident, make_incident_at
from tests.incidents.views.investigating import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def values():
    return {
        "kind": "damage", "amount": "800.50", "state": "estimate", "booked_on": "2026-09-01",
        "client_uuid": str(uuid4()),
    }  # fmt: skip


@pytest.fixture
def incident(clean, staff_cleaning):
    return make_incident(clean, staff_cleaning)


def test_what_it_cost_and_what_came_back(sign_in, incident, values, risk_manager):
    client = sign_in(risk_manager)
    assert client.get(incident.get_absolute_url()).text.count("未知") == 2
    assert send(client, incident, "loss", **values).status_code == 302
    back = values | {"kind": "insurer", "amount": "300", "client_uuid": str(uuid4())}
    send(client, incident, "loss", **back)
    totals = client.get(incident.get_absolute_url()).context["totals"]
    assert totals == {
        "gross": Decimal("800.50"), "recovered": Decimal(300), "net": Decimal("500.50"),
    }  # fmt: skip


def test_the_same_page_sent_twice_is_one_entry(sign_in, incident, values, risk_manager):
    for _ in range(2):
        send(sign_in(risk_manager), incident, "loss", **values)
    assert LossEntry.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"amount": "0"}, {"amount": ""}, {"kind": "dog"}])
def test_what_is_refused(sign_in, incident, values, risk_manager, wrong):
    response = send(sign_in(risk_manager), incident, "loss", **values | wrong)
    assert (response.status_code, LossEntry.objects.count()) == (422, 0)


def test_finance_books_also_once_it_is_closed(sign_in, clean, risk_manager, risk, values):
    closed = make_incident_at("closed", clean, risk_manager, risk)
    finance = make_user("finance", "钱会计", "finance")
    assert send(sign_in(finance), closed, "loss", **values).status_code == 302


def test_its_reporter_does_not(sign_in, incident, values, staff_cleaning):
    assert send(sign_in(staff_cleaning), incident, "loss", **values).status_code == 403
