from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from incidents.services.losses import book_loss
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


def test_it_stays_to_be_read_and_counts_no_more(sign_in, loss, incident, risk_manager):
    client = sign_in(risk_manager)
    assert send_to(client, loss, "losses", "withdraw", reason="").status_code == 422
    assert send_to(client, loss, "losses", "withdraw", reason="记错了单").status_code == 302
    assert incident.losses.totals()["gross"] is None
    assert "记错了单" in client.get(incident.get_absolute_url()).text


def test_its_reporter_does_not(sign_in, loss, staff_cleaning):
    assert send_to(sign_in(staff_cleaning), loss, "losses", "withdraw").status_code == 403
