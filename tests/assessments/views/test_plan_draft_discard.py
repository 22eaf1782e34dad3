"""Throw away what was typed, but not what another window has saved since."""

import pytest

from assessments.models import PlanDraft
from riskhub.audit.models import AuditEvent
from tests.assessments.pages import htmx, told
from tests.assessments.views.plan_forms import sent
from tests.builders import make_plan

pytestmark = pytest.mark.django_db

URL = "/risks/R001/plan/draft/"


def typing(client, **fields):
    return client.post(URL, sent() | {"draft_version": "0"} | fields, **htmx("plan-draft"))


@pytest.mark.parametrize("has_plan", [False, True])
def test_discarded_it_is_gone(high_risk, risk_manager, sign_in, has_plan):
    if has_plan:
        make_plan(high_risk, by=risk_manager)
    client = sign_in(risk_manager)
    typing(client)
    page = client.post(f"{URL}discard/", {"draft_version": "1"})
    back = "/plans/RP-001/edit/" if has_plan else "/risks/R001/plan/new/"
    assert (page.status_code, page["Location"]) == (302, back)
    assert told(page) == ["What you typed is discarded."]
    assert not PlanDraft.objects.exists()
    assert client.post(f"{URL}discard/", {"draft_version": "1"}).status_code == 302
    assert AuditEvent.objects.filter(action="plan.draft_discarded").count() == 1


@pytest.mark.parametrize("shown", ["1", "", "x", "99999999999"])
def test_what_another_window_saved_is_not_discarded_unseen(high_risk, risk_manager, sign_in, shown):
    client = sign_in(risk_manager)
    typing(client)
    typing(client, draft_version="1", objective="另一个窗口")
    page = client.post(f"{URL}discard/", {"draft_version": shown})
    assert page.status_code == 409
    assert PlanDraft.objects.get().typed["objective"] == ["另一个窗口"]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("risk_manager", 302), ("head_cleaning", 302), ("staff_cleaning", 302), ("approver", 403),
        ("auditor", 403), ("admin", 403), ("head_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(high_risk, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(f"{URL}discard/", {}).status_code == status
    assert client.get(f"{URL}discard/").status_code == 405
