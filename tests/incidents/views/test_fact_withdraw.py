from uuid import uuid4

import pytest

from incidents.services.facts import add_fact
from tests.incidents.reporting import make_incident
from tests.incidents.views.investigating import send_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, staff_cleaning):
    return make_incident(clean, staff_cleaning)


@pytest.fixture
def fact(incident, risk_manager):
    return add_fact(
        incident, by=risk_manager, at=incident.occurred_at, text="呼叫 120", client_uuid=uuid4()
    )


def test_it_stays_to_be_read_with_what_speaks_against_it(sign_in, fact, risk_manager):
    client = sign_in(risk_manager)
    assert "呼叫 120" in client.get(f"/incidents/facts/{fact.pk}/withdraw/").text
    response = send_to(client, fact, "facts", "withdraw", reason="是 119")
    assert response.status_code == 302
    text = client.get(fact.incident.get_absolute_url()).text
    assert ("是 119" in text, "<s>呼叫 120</s>" in text) == (True, True)


def test_not_twice(sign_in, fact, risk_manager):
    client = sign_in(risk_manager)
    codes = [
        send_to(client, fact, "facts", "withdraw", reason="错了").status_code for _ in range(2)
    ]
    assert codes == [302, 422]


def test_other_departments_do_not_find_it(sign_in, fact, head_repair):
    assert send_to(sign_in(head_repair), fact, "facts", "withdraw").status_code == 404
