import pytest

from assessments.services import confirm_assessment
from tests.assessments.events import events_of
from tests.assessments.pages import htmx, moment_in_english, told
from tests.builders import assess

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(risk, risk_manager):
    return assess(risk, (5, 5), (5, 5), by=risk_manager)


def url(assessment):
    return f"/assessments/{assessment.pk}/reject/"


def test_sent_back(waiting, second_manager, sign_in):
    client = sign_in(second_manager)
    assert client.get(url(waiting)).context["is_own"] is False
    page = client.post(url(waiting), {"reason": "依据不足"})
    assert (page.status_code, page["Location"]) == (302, "/risks/R001/assessments/")
    assert told(page) == ["Sent back. The risk can be assessed anew."]
    waiting.refresh_from_db()
    assert (waiting.state, waiting.rejected_reason) == ("rejected", "依据不足")
    (event,) = events_of(waiting, action="assessment.rejected")
    assert (event["actor_name"], event["reason"]) == ("李强", "依据不足")


def test_taken_back(waiting, risk_manager, sign_in):
    client = sign_in(risk_manager)
    page = client.get(url(waiting))
    assert page.context["is_own"] is True
    assert "Why you take it back." in page.text
    assert "The assessor reads it." not in page.text
    page = client.post(url(waiting), {"reason": "选错了"})
    assert told(page) == ["Taken back. What you had written is in the form."]
    waiting.refresh_from_db()
    assert waiting.state == "rejected"


def test_without_words_nothing_happens(waiting, second_manager, sign_in):
    page = sign_in(second_manager).post(url(waiting), {"reason": " "}, **htmx("reject-form"))
    assert (page.status_code, page.text.strip()[:5]) == (422, "<form")
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_too_late(waiting, second_manager, approver, sign_in):
    confirm_assessment(waiting, by=second_manager)
    waiting.refresh_from_db()
    words = f"{second_manager} confirmed it already, on {moment_in_english(waiting.confirmed_at)}."
    client = sign_in(approver)
    assert told(client.get(url(waiting))) == [words]
    page = client.post(url(waiting), {"reason": "概率估得太低，没看投诉"})
    body = page.content.decode()
    assert (page.status_code, words in body, "概率估得太低" in body) == (409, True, True)
    waiting.refresh_from_db()
    assert waiting.state == "confirmed"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("approver", 200),
        ("head_cleaning", 403),
        ("auditor", 403),
        ("head_repair", 404),
        ("outsider", 404),
    ],
)
def test_who_may(request, waiting, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(url(waiting)).status_code == status
    if status != 200:
        assert client.post(url(waiting), {"reason": "x"}).status_code == status
        waiting.refresh_from_db()
        assert waiting.state == "submitted"
    assert client.put(url(waiting)).status_code == 405


def test_missing(risk_manager, sign_in):
    assert sign_in(risk_manager).get("/assessments/999/reject/").status_code == 404
