import pytest
from django.utils.translation import override

from assessments.models import Approval, ResponsePlan
from assessments.plans.content import PlanContent, PlannedAction
from assessments.plans.words import spell_day
from assessments.services import decide_plan, save_plan, submit_plan, withdraw_plan
from tests.assessments.events import events_of
from tests.assessments.pages import htmx, moment_in_english, told
from tests.assessments.services.test_plans import approve, changed, tomorrow
from tests.assessments.views.plan_forms import sent
from tests.builders import make_plan

pytestmark = pytest.mark.django_db

URL = "/plans/RP-001/edit/"


@pytest.fixture
def plan(high_risk, risk_manager):
    action = PlannedAction("a1", "试压", risk_manager.pk, tomorrow())
    return make_plan(high_risk, by=risk_manager, actions=(action,))


def now():
    return ResponsePlan.objects.select_related("head", "in_force").get()


def content():
    return PlanContent.parse(now().head.content)


def resent(plan, owner, **fields):
    return sent(("试压", owner, "a1"), row_version=now().row_version, **fields)


def test_it_opens_as_stored(plan, head_cleaning, sign_in):
    page = sign_in(head_cleaning).get(URL)
    assert (page.status_code, page.context["form"]["objective"].value()) == (200, "一年内降到中")
    assert [row["title"].value() for row in page.context["rows"]] == ["试压", None]


def test_a_save_keeps_the_version(plan, risk_manager, head_cleaning, sign_in):
    page = sign_in(head_cleaning).post(URL, resent(plan, head_cleaning, objective="改"))
    assert (page.status_code, page["Location"]) == (302, "/plans/RP-001/")
    assert (now().head.number, content().objective, content().actions[0].key) == (1, "改", "a1")
    (event,) = events_of(plan, action="plan.edited")
    assert event["actor_name"] == "周立"


def test_a_save_without_the_version_that_was_read_is_stale(
    plan, risk_manager, head_cleaning, sign_in
):
    data = resent(plan, head_cleaning, objective="我的") | {"row_version": ""}
    theirs = changed(plan, objective="别人的")
    save_plan(plan, by=risk_manager, version=None, content=theirs)
    assert sign_in(head_cleaning).post(URL, data, **htmx("plan-form")).status_code == 409
    assert content().objective == "别人的"


def test_a_stale_save_shows_both_texts(plan, risk_manager, head_cleaning, sign_in):
    data = resent(plan, head_cleaning, objective="我的", strategy="avoid", avoid_what="停做")
    save_plan(
        plan,
        by=risk_manager,
        version=None,
        content=changed(plan, objective="别人的", target=(1, 1)),
    )
    page = sign_in(head_cleaning).post(URL, data, **htmx("plan-form"))
    assert page.status_code == 409
    found = [(d.label, d.stored, d.typed) for d in page.context["conflict"].differences]
    assert found == [
        ("Strategy", "Mitigate", "Avoid"), ("Objective", "别人的", "我的"), ("Target", "1,1", ""),
        ("What is given up", "", "停做"),
        ("Actions", f"试压 (陈静, {today_words()})", f"试压 (周立, {today_words()})"),
    ]  # fmt: skip
    assert content().objective == "别人的"
    assert page.context["form"]["row_version"].value() == str(now().row_version)
    again = data | {"row_version": now().row_version}
    assert sign_in(head_cleaning).post(URL, again).status_code == 302
    assert content().objective == "我的"


def test_submitted_meanwhile_the_form_says_that_saving_takes_it_back(
    plan, risk_manager, head_cleaning, sign_in
):
    client = sign_in(head_cleaning)
    data = sent(("试压", risk_manager, "a1"), row_version=now().row_version, objective="我的")
    submit_plan(now(), by=risk_manager)
    page = client.post(URL, data, **htmx("plan-form"))
    assert page.status_code == 409
    assert "It waits for approval. A changed word takes it back" in page.content.decode()


def test_what_i_did_not_touch_is_theirs(plan, risk_manager, head_cleaning, sign_in):
    """The other tab changed the target and added an action; this one rewrote the objective."""
    client = sign_in(head_cleaning)
    shown = client.get(URL).context["form"]["opened"].value()
    data = sent(("试压", risk_manager, "a1"), row_version=now().row_version, opened=shown,
                objective="我的")  # fmt: skip
    more = (*content().actions, PlannedAction("a2", "复训", risk_manager.pk, tomorrow()))
    theirs = changed(plan, target=(1, 1), actions=more)
    save_plan(plan, by=risk_manager, version=None, content=theirs)
    page = client.post(URL, data, **htmx("plan-form"))
    conflict = page.context["conflict"]
    assert (page.status_code, conflict.differences) == (409, [])
    assert [(d.label, d.anchor) for d in conflict.taken] == [
        ("Target", "id_target_probability"), ("Actions", "id_action-0-title"),
    ]  # fmt: skip
    form, rows = page.context["form"], page.context["rows"]
    assert (form["objective"].value(), form["target_probability"].value()) == ("我的", "1")
    assert [row["title"].value() for row in rows] == ["试压", "复训", ""]
    again = {name: form[name].value() for name in form.fields}
    again |= rows.data.dict() | {"opened": form["opened"].value()}
    assert client.post(URL, again).status_code == 302
    assert (content().objective, content().target, content().actions) == ("我的", (1, 1), more)


def test_a_page_that_does_not_say_what_it_opened_with(plan, risk_manager, sign_in):
    data = resent(plan, risk_manager, objective="我的", opened="[" * 100_000)
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="别人的"))
    page = sign_in(risk_manager).post(URL, data)
    assert page.status_code == 409
    assert [d.typed for d in page.context["conflict"].differences] == ["我的"]


def today_words():
    with override("en"):
        return spell_day(tomorrow())


def test_a_changed_word_of_what_is_in_force_is_a_new_version(plan, risk_manager, approver, sign_in):
    client = sign_in(risk_manager)
    client.post("/plans/RP-001/submit/", {"row_version": now().row_version})
    page = client.get(URL)
    assert "It waits for approval." in page.text
    approve(plan, approver)
    assert "Version 1 is in force." in client.get(URL).text
    client.post(URL, resent(plan, risk_manager, objective="改"))
    assert (now().state, now().head.number, now().in_force.number) == ("draft", 2, 1)
    assert (
        "Version 2 is not approved. Work goes on under version 1."
        in client.get("/plans/RP-001/").text
    )


def test_the_same_words_change_nothing(plan, risk_manager, approver, sign_in):
    approve_it(plan, risk_manager, approver, sign_in)
    sign_in(risk_manager).post(URL, resent(plan, risk_manager, objective="一年内降到中"))
    assert (now().state, now().head.number) == ("approved", 1)


def approve_it(plan, risk_manager, approver, sign_in):
    sign_in(risk_manager).post("/plans/RP-001/submit/", {"row_version": now().row_version})
    approve(plan, approver)


def test_an_ended_plan_is_not_changed(plan, risk_manager, sign_in):
    data = resent(plan, risk_manager, objective="改")
    withdraw_plan(plan, by=risk_manager, reason="停止")
    client, words = sign_in(risk_manager), "This plan has ended: it is not changed any more."
    page = client.get(URL)
    assert (page["Location"], told(page)) == ("/plans/RP-001/", [words])
    page = client.post(URL, data)
    assert (page.status_code, words in page.content.decode()) == (409, True)
    assert content().objective == "一年内降到中"


@pytest.mark.parametrize("button", [{"add_row": "action"}, {"drop_row": "action-0"}])
def test_a_row_of_an_ended_plan_keeps_what_was_typed(plan, risk_manager, sign_in, button):
    data = resent(plan, risk_manager, objective="一年内把漏水降到中") | button
    withdraw_plan(plan, by=risk_manager, reason="停止")
    client, words = sign_in(risk_manager), "This plan has ended: it is not changed any more."
    page = client.post(URL, data)
    body = page.content.decode()
    assert (page.status_code, words in body, "一年内把漏水降到中" in body) == (409, True, True)
    part = client.post(URL, data, **htmx("plan-form"))
    assert (part.status_code, part["HX-Retarget"]) == (409, "#notes")
    assert words in part.content.decode()
    assert told(part) == []


def test_a_preview_of_an_ended_plan_leads_nowhere(plan, risk_manager, sign_in):
    data = resent(plan, risk_manager, preview="1")
    withdraw_plan(plan, by=risk_manager, reason="停止")
    page = sign_in(risk_manager).post(URL, data, **htmx("plan-checklist"))
    assert (page.status_code, page.content, told(page)) == (204, b"", [])


def test_checking_goes_on_to_submitting(plan, risk_manager, sign_in):
    page = sign_in(risk_manager).post(URL, resent(plan, risk_manager, go_on="submit"))
    assert page["Location"] == "/plans/RP-001/submit/"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("head_cleaning", 200),
        ("staff_cleaning", 200),
        ("approver", 403),
        ("auditor", 403),
        ("head_repair", 404),
    ],
)
def test_who_may(request, plan, risk_manager, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == status
    data = sent(row_version=now().row_version, objective="改")
    assert client.post(URL, data).status_code == (302 if status == 200 else status)
    assert (content().objective == "改") is (status == 200)
    assert client.delete(URL).status_code == 405


def test_staff_do_not_take_back_what_waits(plan, risk_manager, staff_cleaning, sign_in):
    sign_in(risk_manager).post("/plans/RP-001/submit/", {"row_version": now().row_version})
    client = sign_in(staff_cleaning)
    assert client.get(URL).status_code == 403
    data = sent(row_version=now().row_version, objective="改")
    assert (client.post(URL, data).status_code, now().state) == (403, "submitted")


def test_missing(risk_manager, sign_in):
    assert sign_in(risk_manager).get("/plans/RP-999/edit/").status_code == 404


def test_what_the_approver_asked_for_stands_above_the_text(plan, risk_manager, approver, sign_in):
    client = sign_in(risk_manager)
    assert "asked for changes" not in client.get(URL).text
    submit_plan(plan, by=risk_manager)
    assert "asked for changes" not in client.get(URL).text
    decide_plan(
        now(), by=approver, decision="changes", content_hash=now().head.content_hash,
        comment="先算停一天损失多少\n再交",
    )  # fmt: skip
    asked_at = moment_in_english(Approval.objects.get().at)
    words = f"马文斌 asked for changes to version 1, {asked_at}"
    for _saved in range(2):
        text = client.get(URL).text
        assert (words in text, "先算停一天损失多少<br>再交" in text) == (True, True)
        client.post(URL, resent(plan, risk_manager, objective="改"))
    client.post("/plans/RP-001/submit/", {"row_version": now().row_version})
    assert "asked for changes" not in client.get(URL).text
