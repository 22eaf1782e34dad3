from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from incidents.services.losses import book_loss
from tests.incidents.complaining import make_complaint
from tests.incidents.reporting import make_incident
from tests.incidents.views.investigating import send_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, staff_cleaning):
    return make_incident(clean, staff_cleaning)


@pytest.fixture
def loss(incident, risk_manager):
    return book_loss(
        incident, by=risk_manager, kind="damage", amount=Decimal(800), booked_on=date(2026, 9, 1),
        client_uuid=uuid4(),
    )  # fmt: skip


def test_the_estimate_becomes_final(sign_in, loss, incident, risk_manager):
    client = sign_in(risk_manager)
    assert client.get(f"/incidents/losses/{loss.pk}/edit/").context["form"].initial["amount"] == 800
    sent = {"amount": "750", "state": "final", "booked_on": "2026-09-02", "version": "1"}
    assert send_to(client, loss, "losses", "edit", **sent).status_code == 302
    loss.refresh_from_db()
    assert (loss.state, incident.losses.totals()["gross"]) == ("final", Decimal(750))


def test_of_two_the_second_is_told(sign_in, loss, risk_manager):
    sent = {"amount": "750", "state": "final", "booked_on": "2026-09-02", "version": "9"}
    assert send_to(sign_in(risk_manager), loss, "losses", "edit", **sent).status_code == 409


def test_what_a_complaint_cost_stands_with_it(sign_in, risk_manager):
    loss = book_loss(
        make_complaint(), by=risk_manager, kind="refund", amount=Decimal(1),
        booked_on=date(2026, 9, 1), client_uuid=uuid4(),
    )  # fmt: skip
    assert send_to(sign_in(risk_manager), loss, "losses", "edit").status_code == 404


def test_its_reporter_does_not(sign_in, loss, staff_cleaning):
    assert send_to(sign_in(staff_cleaning), loss, "losses", "edit").status_code == 403
