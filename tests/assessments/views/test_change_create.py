from uuid import uuid4

import pytest

from assessments.models import ProcessChange
from registers.models import ProcessNode
from tests.assessments.changing import day
from tests.assessments.events import actions_of
from tests.builders import make_control

pytestmark = pytest.mark.django_db

URL = "/changes/new/"


@pytest.fixture
def body(clean):
    node = ProcessNode.objects.get(map__code="PM-01", key="intake")
    return {
        "title": "夜间改为双人", "kind": "process", "department": clean.pk, "planned_on": day(20),
        "description": "晚八点以后", "nodes": [node.pk], "client_uuid": uuid4(),
    }  # fmt: skip


def test_staff_file_a_draft(sign_in, staff_cleaning, body):
    page = sign_in(staff_cleaning).post(URL, body)
    assert (page.status_code, page.url) == (302, "/changes/CH-001/")
    change = ProcessChange.objects.get()
    assert (change.state, change.requested_by, change.nodes.get().key, change.lang) == (
        "draft", staff_cleaning, "intake", "en",
    )  # fmt: skip
    assert actions_of(change) == ["change.created"]


def test_sent_twice_it_is_one(sign_in, staff_cleaning, body):
    client = sign_in(staff_cleaning)
    for _n in range(2):
        assert client.post(URL, body).url == "/changes/CH-001/"
    assert ProcessChange.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("description", " "), ("kind", "weather"), ("planned_on", day(0)), ("department", "")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    sign_in, staff_cleaning, body, field, value
):
    page = sign_in(staff_cleaning).post(URL, body | {field: value})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {field}
    assert not ProcessChange.objects.exists()


def test_only_for_ones_own_department_and_with_controls_that_one_sees(
    sign_in, staff_cleaning, risk_manager, body, tech
):
    hidden = make_control(tech, by=risk_manager)
    for field, value in (("department", tech.pk), ("controls", [hidden.pk])):
        page = sign_in(staff_cleaning).post(URL, body | {field: value})
        assert (page.status_code, set(page.context["form"].errors)) == (422, {field})
    assert "C-101" not in sign_in(staff_cleaning).get(URL).content.decode()


@pytest.mark.parametrize("who", ["auditor", "approver", "outsider"])
def test_others_file_nothing(sign_in, request, who, body):
    assert sign_in(request.getfixturevalue(who)).post(URL, body).status_code == 403
    assert not ProcessChange.objects.exists()
