"""All answers once more, and then it is sent: once, however often the button is pressed."""

import pytest

from incidents.models import Complaint
from riskhub.audit.models import AuditEvent
from tests.incidents.views.asked import tell

pytestmark = pytest.mark.django_db

URL = "/complain/check"


def test_all_answers_stand_there_with_a_way_back(client):
    page = tell(client).get(URL)
    said = {answer.question: answer.words for answer in page.context["answers"]}
    assert [*said.values()] == [
        "厨房漏水,地板泡坏了",
        "东西坏了或丢了",
        "DD-4711",
        "维修或更换损坏的物品、换新地板",
        "陈女士、13812345678",
    ]
    assert 'href="/complain/wish"' in page.text


def test_it_is_sent_with_number_severity_and_clocks(client):
    answer = tell(client).post(URL)
    assert (answer.status_code, answer["Location"]) == (302, "/complain/done")
    one = Complaint.objects.get()
    assert (one.severity.code, one.channel, one.state) == ("S2", "web_form", "received")
    assert (one.text, one.order_ref, one.wish) == ("厨房漏水,地板泡坏了", "DD-4711", "repair")
    assert (one.contact_phone, one.contact_name) == ("138 1234 5678", "陈女士")
    event = AuditEvent.objects.get(object_type="incidents_complaint")
    assert (event.action, event.actor_id) == ("complaint.received", None)


def test_of_whoever_complains_nothing_stands_in_the_log(client):
    tell(client).post(URL)
    event = AuditEvent.objects.get(object_type="incidents_complaint")
    kept = {name: event.after[name] for name in ("contact_phone", "contact_hashes", "client_uuid")}
    assert set(kept.values()) == {"***"}


def test_sent_twice_it_is_one_and_both_lead_to_its_receipt(client):
    """Whoever never saw the first answer would else be asked everything again, and complain twice."""
    tell(client)
    answers = [client.post(URL)["Location"] for _ in range(3)]
    assert (answers, Complaint.objects.count()) == (["/complain/done"] * 3, 1)
    assert client.get(URL)["Location"] == "/complain/done"


def test_what_is_told_cannot_be_read_in_the_session(client):
    tell(client)
    kept = str(dict(client.session))
    assert ("1234" in kept, "漏水" in kept) == (False, False)
