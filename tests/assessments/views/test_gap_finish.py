import pytest

from assessments.models import DrillGap
from assessments.services import finish_gap
from tests.contingency import drill, make_contingency
from tests.registers.audit import Trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def gap(risk_manager, ops):
    return drill(make_contingency(ops, by=risk_manager), "fail", by=risk_manager).gaps.get()


def url(gap):
    return f"/drill-gaps/{gap.pk}/finish/"


def test_closed_with_words(gap, sign_in, risk_manager):
    client, trail = sign_in(risk_manager), Trail()
    assert client.post(url(gap), {"note": " "}).status_code == 422
    response = client.post(url(gap), {"note": "改好了"})
    assert (response.status_code, response["Location"]) == (302, gap.drill.get_absolute_url())
    assert DrillGap.objects.get().state == "done"
    assert [action for action, *_rest in trail.events()] == ["drill_gap.done"]
    assert client.post(url(gap), {"note": "改好了"}).status_code == 409


@pytest.mark.parametrize(
    ("who", "status"), [("head_cleaning", 302), ("auditor", 403), ("staff_repair", 404)]
)
def test_who_may(gap, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(url(gap), {"note": "改好了"}).status_code == status


def test_wrong_method(gap, sign_in, risk_manager):
    assert sign_in(risk_manager).delete(url(gap)).status_code == 405


def test_verified_is_over(gap, risk_manager, sign_in):
    finish_gap(gap, by=risk_manager, note="好")
    assert sign_in(risk_manager).get(url(gap)).status_code == 302
