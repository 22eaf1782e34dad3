import pytest

from assessments.services import edit_contingency_plan
from tests.contingency import content, make_contingency, stored
from tests.contingency_forms import typed
from tests.registers.audit import Trail

URL = "/contingency/CP-101/edit/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager)


@pytest.fixture
def client(sign_in, risk_manager):
    return sign_in(risk_manager)


def test_of_what_is_in_force_a_new_draft(plan, client, ops):
    trail = Trail()
    sent = typed(ops, row_version=plan.row_version, steps=((5, "新步骤"),))
    assert client.post(URL, sent).status_code == 302
    now = stored(plan)
    assert [one.text_zh for one in now.draft.steps.all()] == ["新步骤"]
    assert [one.text_zh for one in now.in_force.steps.all()] == ["拨打120", "派人到场"]
    assert {action for action, *_rest in trail.events()} == {
        "contingency.edited", "drill.rescheduled",  # it is drilled every 6 months now
    }  # fmt: skip


def test_it_opens_with_what_is_written(plan, client):
    page = client.get(URL).content.decode()
    for text in ("有人受伤", "派人到场", "Call 120"):
        assert f'value="{text}"' in page


def test_without_the_version_that_was_read_it_is_stale(plan, client, ops):
    assert client.post(URL, typed(ops, row_version="")).status_code == 409


def test_a_stale_version_shows_both_texts(plan, client, risk_manager, ops):
    said = content(ops, contacts="甲的电话", steps=[])
    edit_contingency_plan(plan, said, by=risk_manager, version=None)
    sent = typed(ops, row_version=plan.row_version, contacts="乙的电话")
    response = client.post(URL, sent)
    assert response.status_code == 409
    said = [row.stored + row.typed for row in response.context["conflict"].differences]
    assert "甲的电话乙的电话" in said
    assert any("派人到场" in words for words in said)
    page = response.content.decode()
    assert "乙的电话" in page
    sent["row_version"] = stored(plan).row_version
    assert client.post(URL, sent).status_code == 302
    assert stored(plan).draft.contacts == "乙的电话"


def test_a_wrong_number_of_rows(plan, client, ops):
    sent = typed(ops, row_version=plan.row_version, steps=tuple((n, "做") for n in range(41)))
    assert client.post(URL, sent).status_code == 422


@pytest.mark.parametrize(
    ("who", "status"),
    [("head_cleaning", 200), ("auditor", 403), ("approver", 403), ("staff_repair", 404)],
)
def test_who_may(plan, sign_in, request, who, status):
    assert sign_in(request.getfixturevalue(who)).get(URL).status_code == status


def test_wrong_method(plan, client):
    assert client.delete(URL).status_code == 405
