from uuid import uuid4

import pytest

from incidents.models import IncidentFact
from tests.incidents.reporting import make_incident
from tests.incidents.views.investigating import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, staff_cleaning):
    return make_incident(clean, staff_cleaning)


def test_a_line_stands_on_the_page_with_its_time(sign_in, incident, risk_manager):
    client = sign_in(risk_manager)
    sent = {"at": "2026-01-02T08:30", "text": "呼叫 120", "client_uuid": str(uuid4())}
    assert send(client, incident, "fact", **sent).status_code == 302
    text = client.get(incident.get_absolute_url()).text
    assert all(words in text for words in ("呼叫 120", "08:30", "陈静"))


def test_a_key_that_was_used_for_other_words_is_renewed(sign_in, incident, risk_manager):
    client, key = sign_in(risk_manager), str(uuid4())
    sent = {"at": "2026-01-02T08:30", "text": "呼叫 120", "client_uuid": key}
    send(client, incident, "fact", **sent)
    response = send(client, incident, "fact", **sent | {"text": "送医"})
    renewed = response.context["form"]["client_uuid"].value()
    assert (response.status_code, renewed != key) == (422, True)
    send(client, incident, "fact", **sent | {"text": "送医", "client_uuid": renewed})
    assert IncidentFact.objects.count() == 2


def test_its_reporter_does_not(sign_in, incident, staff_cleaning):
    assert send(sign_in(staff_cleaning), incident, "fact").status_code == 403
