"""What is typed in the editor of a plan is kept by itself, for its author alone."""

import re

import pytest
from django.utils.translation import override

from assessments.decided import plan_saved
from assessments.forms.rows import MOST_ROWS
from assessments.models import PlanDraft, PlanVersion, ResponsePlan
from assessments.services import save_plan
from assessments.services.plan_drafts import MOST_TYPED
from registers.services import close_risk
from riskhub.audit.models import AuditEvent
from tests.assessments.pages import htmx, told
from tests.assessments.services.test_plans import approve, changed, tomorrow
from tests.assessments.views.plan_forms import sent
from tests.builders import make_plan

pytestmark = pytest.mark.django_db

URL = "/risks/R001/plan/draft/"
NEW = "/risks/R001/plan/new/"
EDIT = "/plans/RP-001/edit/"
TYPING = htmx("plan-draft")


def half(**fields):
    """A step without an owner and a resource without an amount: nothing that a plan could hold yet."""
    return sent(("试压", None)) | {
        "objective": "写到一半", "transfers": ["policy:1", "clause:2"], "resource-0-what": "试压泵",
        "draft_version": "0",
    } | fields  # fmt: skip


def version_in(page):
    return re.search(r'name="draft_version" value="(\d+)"', page.text)[1]


def test_a_first_plan_that_is_stored_nowhere_is_kept_and_continued(
    high_risk, risk_manager, sign_in
):
    client = sign_in(risk_manager)
    page = client.post(URL, half(), **TYPING)
    assert (page.status_code, version_in(page)) == (200, "1")
    assert page.text.strip().startswith("<div")
    assert "<form" not in page.text
    assert not ResponsePlan.objects.exists()
    page = client.get(NEW)
    form, (row, _empty), (resource,) = (
        page.context[name] for name in ("form", "rows", "resources")
    )
    assert (form["objective"].value(), row["title"].value(), resource["what"].value()) == (
        "写到一半", "试压", "试压泵",
    )  # fmt: skip
    assert form["transfers"].value() == ["policy:1", "clause:2"]
    assert re.search(r"What you typed is kept, .*; only you see it", page.text)
    assert "errorlist" not in page.text
    (event,) = AuditEvent.objects.filter(action="plan.drafted")
    assert (event.object_type, event.actor_name) == ("assessments_plandraft", "陈静")


def test_kept_in_the_plan_it_is_a_draft_no_more(high_risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    client.post(URL, half(), **TYPING)
    page = client.post(NEW, sent(("试压", risk_manager), draft_version="1"))
    assert (page.status_code, PlanDraft.objects.count()) == (302, 0)
    page = client.get(EDIT)
    assert page.context["form"]["objective"].value() == "降到中"
    assert version_in(page) == "0"


def test_what_another_window_typed_since_stays_when_this_one_is_kept(
    high_risk, risk_manager, sign_in
):
    client = sign_in(risk_manager)
    client.post(URL, half(), **TYPING)
    client.post(URL, half(draft_version="1", objective="甲窗口"), **TYPING)
    client.post(NEW, sent(("试压", risk_manager), draft_version="1"))
    assert PlanDraft.objects.get().typed["objective"] == ["甲窗口"]
    page = client.get(EDIT)
    assert page.context["form"]["objective"].value() == "甲窗口"
    assert [row.stored for row in page.context["conflict"].differences][:1] != []


@pytest.mark.parametrize("state", ["draft", "submitted", "approved"])
def test_typing_voids_nothing_and_makes_nobody_an_author(
    high_risk, risk_manager, approver, head_cleaning, sign_in, state
):
    plan = make_plan(high_risk, by=risk_manager, submitted=state != "draft")
    if state == "approved":
        approve(plan, by=approver)
    plan.refresh_from_db()
    before = (plan.state, plan.row_version, plan.head_id, PlanVersion.objects.count())
    client = sign_in(head_cleaning)
    page = client.get(EDIT)
    typed = sent(("试压", None), row_version=plan.row_version, objective="又想了一下")
    typed["opened"] = page.context["form"]["opened"].value()
    assert client.post(URL, typed | {"draft_version": "0"}, **TYPING).status_code == 200
    plan.refresh_from_db()
    assert (plan.state, plan.row_version, plan.head_id, PlanVersion.objects.count()) == before
    assert {one.user_id for one in plan.head.authors.all()} == {risk_manager.pk}
    page = client.get(EDIT)
    assert page.context["form"]["objective"].value() == "又想了一下"
    assert "conflict" not in page.context


def test_one_event_for_what_changed_and_none_for_the_same(high_risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    client.post(URL, half(), **TYPING)
    for _n in range(3):
        page = client.post(URL, half(draft_version="0"), **TYPING)
        assert (page.status_code, version_in(page)) == (200, "1")
    page = client.post(URL, half(draft_version="1", objective="又一句"), **TYPING)
    assert version_in(page) == "2"
    assert AuditEvent.objects.filter(action="plan.drafted").count() == 2


def test_a_window_left_behind_overwrites_nothing_and_says_so(high_risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    client.post(URL, half(), **TYPING)
    client.post(URL, half(draft_version="1", objective="甲窗口"), **TYPING)
    late = half(draft_version="1", objective="乙窗口")
    page = client.post(URL, late, **TYPING)
    assert page.status_code == 409
    assert "Another window of yours kept another text" in page.text
    assert f'href="{NEW}"' in page.text
    assert PlanDraft.objects.get().typed["objective"] == ["甲窗口"]
    assert client.post(URL, late).status_code == 409
    page = client.post(URL, late | {"draft_version": version_in(page)})
    assert (page.status_code, page["Location"]) == (302, NEW)
    assert told(page) == ["What you typed is kept. Only you see it."]
    assert PlanDraft.objects.get().typed["objective"] == ["乙窗口"]


def test_changed_by_somebody_else_meanwhile_both_texts_are_shown(
    high_risk, risk_manager, head_cleaning, sign_in
):
    plan = make_plan(high_risk, by=risk_manager)
    plan.refresh_from_db()
    client = sign_in(head_cleaning)
    opened = client.get(EDIT).context["form"]["opened"].value()
    typed = sent(row_version=plan.row_version, objective="我的", opened=opened)
    client.post(URL, typed | {"draft_version": "0"}, **TYPING)
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="别人的"))
    page = client.get(EDIT)
    assert page.status_code == 200
    (row,) = (one for one in page.context["conflict"].differences if one.typed == "我的")
    assert row.stored == "别人的"
    assert page.context["form"]["objective"].value() == "我的"


@pytest.mark.parametrize("is_own", [True, False])
def test_a_version_saved_meanwhile_is_told_while_one_types_and_who_saved_it(
    high_risk, risk_manager, head_cleaning, sign_in, is_own
):
    plan = make_plan(high_risk, by=risk_manager)
    client = sign_in(head_cleaning)
    opened = client.get(EDIT).context["form"]["opened"].value()
    typed = half(row_version=plan.row_version, objective="我的", opened=opened)
    page = client.post(URL, typed, **TYPING)
    assert "changed this plan" not in page.text
    saver = head_cleaning if is_own else risk_manager
    save_plan(plan, by=saver, version=None, content=changed(plan, objective="别处的"))
    page = client.post(URL, typed | {"draft_version": version_in(page)}, **TYPING)
    told_of = "You changed this plan in another window, " if is_own else "陈静 changed this plan"
    assert page.status_code == 200
    assert told_of in page.text
    assert f'href="{EDIT}"' in page.text
    page = client.get(EDIT)
    found = page.context["conflict"]
    assert (found.is_own, told_of in found.saved) == (is_own, True)
    title = "you saved in another window" if is_own else "somebody saved"
    assert f"Not saved: {title} in between" in page.text
    typed |= {"draft_version": "1", "transfers": [], "action-0-owner": risk_manager.pk}
    page = client.post(EDIT, typed | {"action-0-due_on": tomorrow(), "resource-0-what": ""})
    assert (page.status_code, page.context["conflict"].is_own) == (409, is_own)


def test_a_plan_begun_meanwhile_is_told_while_one_types(
    high_risk, risk_manager, head_cleaning, sign_in
):
    make_plan(high_risk, by=risk_manager)
    page = sign_in(head_cleaning).post(URL, half(), **TYPING)
    assert "陈静 changed this plan meanwhile" in page.text


def test_only_its_author_sees_it(high_risk, risk_manager, second_manager, sign_in):
    sign_in(risk_manager).post(URL, half(), **TYPING)
    client = sign_in(second_manager)
    page = client.get(NEW)
    assert page.context["draft"] is None
    for address in (NEW, "/risks/R001/", "/risks/R001/history/"):
        assert "写到一半" not in client.get(address).text


def test_only_fields_of_the_editor_are_kept_and_no_more_than_fits(high_risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    client.post(URL, half(go_on="submit", state="approved", **{"action-0-x" * 9: "y"}), **TYPING)
    typed = PlanDraft.objects.get().typed
    assert {"go_on", "state", "draft_version", "csrfmiddlewaretoken"}.isdisjoint(typed)
    assert "action-0-title" in typed
    assert not any(len(name) > 40 for name in typed)
    page = client.post(URL, half(draft_version="1", objective="长" * MOST_TYPED), **TYPING)
    assert page.status_code == 409
    assert PlanDraft.objects.get().typed == typed


def test_a_forged_number_of_rows_locks_nobody_out(high_risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    client.post(URL, half(**{"action-TOTAL_FORMS": "5000"}), **TYPING)
    page = client.get(NEW)
    assert (page.status_code, len(page.context["rows"].forms)) == (200, MOST_ROWS)


def test_of_a_closed_risk_nothing_is_kept(low_risk, risk_manager, sign_in):
    close_risk(low_risk, by=risk_manager, reason="停止")
    page = sign_in(risk_manager).post(URL, half(), **TYPING)
    assert (page.status_code, PlanDraft.objects.count()) == (409, 0)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("risk_manager", 302), ("head_cleaning", 302), ("staff_cleaning", 302), ("approver", 403),
        ("auditor", 403), ("admin", 403), ("head_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(high_risk, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(URL, half()).status_code == status
    assert client.get(URL).status_code == 405


def test_it_stands_among_ones_own_work(high_risk, risk_manager, second_manager, sign_in):
    client = sign_in(risk_manager)
    assert "Plans you are writing" not in client.get("/my/").text
    client.post(URL, half(), **TYPING)
    page = client.get("/my/").text
    assert "Plans you are writing" in page
    assert f'href="{NEW}"' in page
    make_plan(high_risk, by=second_manager)
    assert f'href="{EDIT}"' in client.get("/my/").text
    assert "Plans you are writing" not in sign_in(second_manager).get("/my/").text


def test_a_version_submitted_elsewhere_is_told_as_submitted(high_risk, risk_manager):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    with override("en"):
        said = plan_saved(plan, risk_manager)
    assert (said.is_own, said.saved[:43]) == (True, "You submitted this plan in another window, ")
