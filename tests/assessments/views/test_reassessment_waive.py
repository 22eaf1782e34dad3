import re
from unittest.mock import ANY

import pytest

from assessments.choices import ReassessmentState
from assessments.models import ReassessmentTask
from assessments.services import waive_reassessment
from tests.assessments.changing import bring, make_change
from tests.assessments.events import events_of
from tests.assessments.reassessing import ask_again
from tests.builders import assess

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(risk, risk_manager):
    return ask_again(risk, "incident", -1, by=risk_manager)


def url_of(task):
    return f"/reassessments/{task.pk}/waive/"


def sent(task, reason="现场看过，做法和评分都没有变", version=None):
    return {"reason": reason, "row_version": task.row_version if version is None else version}


def test_waived_with_the_reason_which_the_audit_keeps(sign_in, task, risk_manager):
    page = sign_in(risk_manager).post(url_of(task), sent(task))
    assert (page.status_code, page.url) == (302, "/risks/R001/")
    task.refresh_from_db()
    assert (task.state, task.waived_reason, task.closed_by) == (
        ReassessmentState.WAIVED, "现场看过，做法和评分都没有变", risk_manager,
    )  # fmt: skip
    event = events_of(task)[-1]
    assert (event["action"], event["actor_name"], event["reason"]) == (
        "reassessment.waived", "陈静", "现场看过，做法和评分都没有变",
    )  # fmt: skip
    trail = sign_in(risk_manager).get("/risks/R001/").content.decode()
    assert "Reassessment waived" in trail


def test_whoever_came_from_a_change_gets_back_to_it(
    sign_in, clean, risk, risk_manager, second_manager
):
    bring(make_change(clean, by=risk_manager, risks=[risk]), "submitted", by=risk_manager)
    task = ReassessmentTask.objects.get(reason="change")
    client = sign_in(second_manager)
    href = f"{url_of(task)}?change=CH-001"
    assert href in client.get("/changes/CH-001/").text
    form = client.get(href).text
    assert f'action="{href}"' in form
    assert 'href="/changes/CH-001/">Cancel' in form
    assert 'href="/risks/R001/">Cancel' in client.get(f"{url_of(task)}?change=CH-999").text
    page = client.post(href, sent(task))
    assert (page.status_code, page.url) == (302, "/changes/CH-001/")


def test_whoever_asked_for_the_change_is_told_that_another_waives(
    sign_in, clean, risk, risk_manager, second_manager
):
    bring(make_change(clean, by=risk_manager, risks=[risk]), "submitted", by=risk_manager)
    task = ReassessmentTask.objects.get(reason="change")
    client = sign_in(risk_manager)
    said = "Your change: somebody else waives it."
    for page in ("/changes/CH-001/", "/reassessments/?view=all", risk.get_absolute_url()):
        shown = client.get(page).content.decode()
        assert said in shown, page
        assert url_of(task) not in shown, page
        assert url_of(task) in sign_in(second_manager).get(page).content.decode(), page
    assert client.get(url_of(task)).status_code == 302
    refused = client.post(url_of(task), sent(task))
    assert refused.status_code == 409
    assert "Somebody else waives it" in refused.content.decode()
    task.refresh_from_db()
    assert task.is_open


def test_without_a_reason_it_stays_open(sign_in, task, risk_manager):
    page = sign_in(risk_manager).post(url_of(task), sent(task, " "))
    assert page.status_code == 422
    task.refresh_from_db()
    assert task.state == ReassessmentState.OPEN


@pytest.mark.parametrize("who", ["head_cleaning", "staff_cleaning", "auditor", "approver"])
def test_only_the_risk_manager_waives(sign_in, task, request, who):
    user = request.getfixturevalue(who)
    assert sign_in(user).post(url_of(task), sent(task)).status_code == 403
    task.refresh_from_db()
    assert task.state == ReassessmentState.OPEN


def test_of_another_department_there_is_none(sign_in, task, head_repair):
    assert sign_in(head_repair).get(url_of(task)).status_code == 404


def test_it_is_waived_by_a_press_not_by_looking(sign_in, task, risk_manager):
    page = sign_in(risk_manager).get(url_of(task)).content.decode()
    assert "No reassessment of R001" in page
    task.refresh_from_db()
    assert task.state == ReassessmentState.OPEN
    assert sign_in(risk_manager).put(url_of(task)).status_code == 405


@pytest.mark.parametrize("how", ["stale", "waived", "done"])
def test_what_changed_meanwhile_is_said_and_what_was_typed_is_shown(
    sign_in, task, risk, risk_manager, how
):
    client, body = sign_in(risk_manager), sent(task)
    if how == "stale":
        body["row_version"] = 7
    elif how == "waived":
        waive_reassessment(task, by=risk_manager, reason="另一人先看过，评分没有变")
    else:
        assess(risk, (2, 2), (2, 2), by=risk_manager)
    page = client.post(url_of(task), body)
    assert page.status_code == 409
    assert "现场看过，做法和评分都没有变" in page.content.decode()
    task.refresh_from_db()
    assert task.waived_reason != "现场看过，做法和评分都没有变"


def test_of_the_changes_that_share_it_one_is_chosen(
    sign_in, risk, clean, risk_manager, second_manager
):
    for title, other in (("双人上门", "Two at the door"), ("换洗剂", "Another cleaner")):
        change = make_change(clean, by=risk_manager, risks=[risk], title=title, title_alt=other)
        bring(change, "submitted", by=risk_manager)
    task = ReassessmentTask.objects.get()
    own = make_change(clean, by=second_manager, risks=[risk], title="新车", title_alt="A new van")
    bring(own, "submitted", by=risk_manager)
    task.refresh_from_db()
    client = sign_in(second_manager)
    page = client.get(f"{url_of(task)}?change=CH-002").content.decode()
    assert "For which change?" in page
    assert re.findall(r'value="(CH-\d+)"([^>]*checked)?', page) == [("CH-001", ""), ("CH-002", ANY)]
    assert "checked" in page
    assert client.post(url_of(task), sent(task)).status_code == 422
    assert client.post(url_of(task), sent(task) | {"change": "CH-003"}).status_code == 422
    assert client.post(url_of(task), sent(task) | {"change": "CH-002"}).status_code == 302
    task.refresh_from_db()
    assert (task.is_open, task.label_en) == (True, "CH-001 Two at the door; CH-003 A new van")
