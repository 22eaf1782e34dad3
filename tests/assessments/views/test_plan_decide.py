import pytest

from assessments.models import Approval, ResponsePlan
from assessments.plans.content import PlanContent, PlannedAction
from assessments.services import decide_plan, save_plan, submit_plan
from tests.assessments.events import events_of
from tests.assessments.pages import htmx, moment_in_english, told
from tests.assessments.services.test_plans import approve, changed, tomorrow
from tests.builders import assess, make_plan
from tests.cast import make_user

pytestmark = pytest.mark.django_db

URL = "/plans/RP-001/decide/"


@pytest.fixture
def plan(high_risk, risk_manager):
    return make_plan(high_risk, by=risk_manager, submitted=True, target=(2, 3))


def now():
    return ResponsePlan.objects.select_related("head").get()


def answer(decision, comment="", content_hash=None):
    shown = content_hash or now().head.content_hash
    return {"decision": decision, "comment": comment, "content_hash": shown}


def test_approved_in_one_press(plan, high_risk, approver, sign_in):
    client = sign_in(approver)
    page = client.get(URL)
    shown = page.context["form"]["content_hash"].value()
    assert (shown, now().state) == (plan.head.content_hash, "submitted")
    assert f"{shown[:4]} {shown[4:8]}" in page.text
    assert "You approve exactly this text:" in page.text
    page = client.post(URL, answer("approved", content_hash=shown))
    assert (page.status_code, page["Location"]) == (302, "/approvals/")
    assert told(page) == ["RP-001 is approved. Its author hears of it."]
    assert now().state == "approved"
    approval = Approval.objects.get()
    assert (approval.approver, approval.content_hash) == (approver, shown)
    (event,) = events_of(plan, action="plan.approved")
    assert (event["actor_name"], event["after"]["state"]) == ("马文斌", "approved")
    high_risk.refresh_from_db()
    assert high_risk.state == "responding"


@pytest.mark.parametrize(
    ("decision", "state", "words"),
    [
        ("changes", "changes_requested", "RP-001 goes back for changes. Its author hears of it."),
        ("rejected", "rejected", "RP-001 is rejected. Its author hears of it."),
    ],
)
def test_refused_with_a_comment(plan, approver, sign_in, decision, state, words):
    client = sign_in(approver)
    page = client.post(URL, answer(decision), **htmx("decide-form"))
    assert (page.status_code, page["HX-Retarget"]) == (422, "#page")
    assert (set(page.context["form"].errors), now().state) == ({"comment"}, "submitted")
    page = client.post(URL, answer(decision, "先核价"))
    assert (told(page), now().state, Approval.objects.get().comment) == ([words], state, "先核价")


def test_a_critical_one_needs_a_comment(risk, risk_manager, approver, sign_in):
    assess(risk, (5, 5), (5, 5), by=risk_manager, confirmed_by=approver)
    make_plan(risk, by=risk_manager, submitted=True)
    client = sign_in(approver)
    assert "Needed, because the risk is Critical." in client.get(URL).text
    assert client.post(URL, answer("approved")).status_code == 422
    assert client.post(URL, answer("approved", "立即做")).status_code == 302
    assert now().state == "approved"


def test_a_decision_written_past_the_pages_is_a_decision(plan, staff_repair, approver, sign_in):
    """The plan still says that it waits: whoever decides hears who was there before, no fault."""
    Approval.objects.create(
        version=plan.head, content_hash=plan.head.content_hash, approver=staff_repair,
        decision="approved",
    )  # fmt: skip
    page = sign_in(approver).post(URL, answer("approved"))
    assert (page.status_code, now().state) == (409, "submitted")
    assert f"{staff_repair} decided on it already" in page.text


def test_a_changed_text_is_shown_again_and_not_decided(plan, risk_manager, approver, sign_in):
    seen = answer("approved", "同意这版")
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="后来改的"))
    submit_plan(plan, by=risk_manager)
    page = sign_in(approver).post(URL, seen)
    assert (page.status_code, now().state, Approval.objects.count()) == (409, "submitted", 0)
    assert "Not decided: the text was changed while you had it open" in page.text
    assert "Version 2 waits now, no longer version 1." in page.text
    assert [field.label for field in page.context["since_opened"].fields] == ["Objective"]
    assert page.text.count("后来改的") == 2  # once as a change, once in the whole text
    assert page.context["form"]["comment"].value() == "同意这版"
    assert page.context["form"]["content_hash"].value() == now().head.content_hash
    assert page.context["form"].is_bound is False


def test_the_same_button_again_decides_nothing_before_the_tick(
    plan, risk_manager, approver, sign_in
):
    seen, client = answer("approved", "同意这版"), sign_in(approver)
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="后来改的"))
    submit_plan(plan, by=risk_manager)
    form = client.post(URL, seen).context["form"]
    again = {name: form[name].value() or "" for name in form.fields} | {"decision": "approved"}
    for decision in ("approved", "changes", "rejected"):
        page = client.post(URL, again | {"decision": decision})
        assert (page.status_code, now().state) == (422, "submitted")
        assert page.context["form"].errors == {
            "has_read": ["Read version 2, then tick here and decide."]
        }
        assert "Version 2 waits now, no longer version 1." in page.text
    assert client.post(URL, again | {"has_read": "on"}).status_code == 302
    assert (now().state, Approval.objects.get().version.number) == ("approved", 2)


def test_a_tick_for_one_version_is_none_for_the_next(plan, risk_manager, approver, sign_in):
    seen, client = answer("approved"), sign_in(approver)
    for words in ("第二版的话", "第三版的话"):
        save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective=words))
        submit_plan(plan, by=risk_manager)
        page = client.post(URL, seen)
        form = page.context["form"]
        assert (page.status_code, form["has_read"].value()) == (409, None)
        plan.refresh_from_db()
        seen = {name: form[name].value() or "" for name in form.fields}
        seen |= {"decision": "approved", "has_read": "on"}
    assert page.context["opened"].number == 2
    assert "I have read version 3" in page.text


@pytest.mark.parametrize("unknown", ["x", "0" * 64])
def test_a_text_that_never_waited_here(plan, approver, sign_in, unknown):
    page = sign_in(approver).post(URL, answer("approved", content_hash=unknown))
    assert (page.status_code, page.context["since_opened"]) == (409, None)
    assert "Version 1 waits now. Your comment is still there." in page.text


def test_a_second_version_of_what_was_never_approved(plan, risk_manager, approver, sign_in):
    client = sign_in(approver)
    assert "first version, nothing was approved before" in client.get(URL).text
    decide_plan(plan, by=approver, comment="写清楚", decision="changes",
                content_hash=plan.head.content_hash)  # fmt: skip
    plan.refresh_from_db()
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="写清楚了"))
    submit_plan(plan, by=risk_manager)
    page = client.get(URL)
    assert "first version" not in page.text
    assert "Compared with version 1; nothing was approved yet" in page.text
    assert [field.label for field in page.context["changes"].fields] == ["Objective"]
    assert "has_read" not in page.context["form"].fields


def test_what_changed_since_the_last_approval(plan, high_risk, risk_manager, approver, sign_in):
    approve(plan, approver)
    plan.refresh_from_db()
    actions = PlanContent.parse(plan.head.content).actions
    more = (*actions, PlannedAction("a2", "复训", risk_manager.pk, tomorrow()))
    save_plan(plan, by=risk_manager, version=None,
              content=changed(plan, objective="一年内降到低", target=(1, 3), actions=more))  # fmt: skip
    submit_plan(plan, by=risk_manager)
    page = sign_in(approver).get(URL)
    changes = page.context["changes"]
    assert [(f.label, [(p.kind, p.text) for p in f.pieces]) for f in changes.fields] == [
        ("Objective", [("same", "一年内降到"), ("removed", "中"), ("added", "低")]),
        ("Target", [("removed", "Medium 2,3"), ("added", "Low 1,3")]),
    ]
    assert (changes.changed, changes.added, changes.removed, changes.actions.same) == (2, 1, 0, 1)
    assert "Compared with version 1" in page.text
    assert "Rejected, version 1 stays in force." in page.text
    sign_in(approver).post(URL, answer("rejected", "照旧"))
    assert (now().state, now().head.number) == ("approved", 1)


def test_the_level_that_moved_is_said(
    plan, high_risk, risk_manager, second_manager, approver, sign_in
):
    assert "has changed since the plan was submitted" not in sign_in(approver).get(URL).text
    assess(high_risk, (5, 5), (5, 5), by=risk_manager, confirmed_by=second_manager)
    assert "has changed since the plan was submitted" in sign_in(approver).get(URL).text


def test_nobody_decides_on_their_own(high_risk, risk_manager, sign_in):
    writer = make_user("writer", "高远", "approver")
    plan = make_plan(high_risk, by=writer)
    submit_plan(plan, by=risk_manager)
    client = sign_in(writer)
    page = client.get(URL)
    assert "You wrote on this plan, so another approver decides on it." in page.text
    assert 'name="decision"' not in page.text
    page = client.post(URL, answer("approved"))
    assert told(page) == ["Somebody who neither wrote nor submitted this plan decides on it."]
    assert (now().state, Approval.objects.count()) == ("submitted", 0)


def test_too_late(plan, approver, sign_in):
    seen = answer("approved")
    other = make_user("second.approver", "高远", "approver")
    decide_plan(plan, by=other, decision="changes", content_hash=seen["content_hash"], comment="改")
    at = moment_in_english(Approval.objects.get().at)
    words = f"{other} decided on it already, on {at}: Changes requested."
    client = sign_in(approver)
    page = client.get(URL)
    assert (page["Location"], told(page)) == ("/plans/RP-001/", [words])
    page = client.post(URL, seen | {"comment": "先补齐安全带的台账"})
    body = page.content.decode()
    assert (page.status_code, words in body, "先补齐安全带的台账" in body) == (409, True, True)
    note = client.post(URL, seen, **htmx("main"))
    assert (note.status_code, note["HX-Retarget"]) == (409, "#notes")
    assert Approval.objects.count() == 1


@pytest.mark.parametrize("sent", [{}, {"decision": "burn"}, {"decision": "approved"}])
def test_half_an_answer_is_none(plan, approver, sign_in, sent):
    page = sign_in(approver).post(URL, {"comment": "x", **sent})
    assert (page.status_code, now().state) == (422, "submitted")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("risk_manager", 403), ("head_cleaning", 403), ("staff_cleaning", 403), ("auditor", 403),
        ("admin", 403), ("head_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may_not(request, plan, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == status
    assert client.post(URL, answer("approved")).status_code == status
    assert (client.put(URL).status_code, now().state) == (405, "submitted")


def test_an_approver_of_another_department_does_not_see_it(plan, tech, sign_in):
    elsewhere = make_user("approver.tech", "别处", "approver", tech)
    assert sign_in(elsewhere).post(URL, answer("approved")).status_code == 404


def test_a_comment_that_is_too_long_is_not_called_missing(plan, approver, sign_in):
    page = sign_in(approver).post(URL, answer("changes", "x" * 2001))
    assert page.status_code == 422
    (error,) = page.context["form"].errors["comment"]
    assert "2,000" in error or "2000" in error
