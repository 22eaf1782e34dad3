"""The work of judging and responding as people do it: with a mouse, on a phone, without script."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import Approval, Assessment, ResponsePlan
from assessments.plans.content import PlanContent
from assessments.services import save_plan, submit_plan
from riskhub.accounts.models import User
from tests.assessments.services.test_plans import changed
from tests.builders import cover
from tests.riskhub.web.browser import read_first, shot, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose(page, **scores):
    for name, score in scores.items():
        page.locator(f"input[name={name}][value='{score}']").check()


def in_a_month():
    return (timezone.localdate() + timedelta(days=30)).isoformat()


def content():
    return PlanContent.parse(ResponsePlan.objects.select_related("head").get().head.content)


def test_scores_show_their_level_and_are_kept_once(risk, risk_manager, window, in_english):
    cover(risk, (5, 3), (2, 2), by=risk_manager)
    with window(risk_manager) as page:
        page.goto("/risks/R001/assess/")
        page.locator("#id_rationale").fill("三起同类事件")
        choose(page, inherent_probability=5, inherent_impact=3, residual_probability=3)
        choose(page, residual_impact=2)
        preview = page.locator("#assessment-preview")
        preview.get_by_text("Needs no approved plan.").wait_for()
        page.locator("#assessment-level").get_by_text("Medium").wait_for()
        choose(page, residual_impact=3, residual_probability=4)
        preview.get_by_text("Needs a plan, approved by management within 10 days.").wait_for()
        assert page.locator("#id_rationale").input_value() == "三起同类事件"
        assert "%E4" not in page.url
        choose(page, residual_probability=2)
        preview.get_by_text("Needs no approved plan.").wait_for()
        page.get_by_role("button", name="Submit assessment").last.dblclick()
        page.wait_for_url("**/risks/R001/")
        page.get_by_text("Submitted. Nobody has the right to confirm it yet").wait_for()
    assert Assessment.objects.count() == 1


def test_quick_entry_keeps_what_is_typed(risk, risk_manager, window, in_english):
    cover(risk, (4, 3), (3, 2), by=risk_manager)
    with window(risk_manager, phone=True) as page:
        page.goto("/risks/R001/assess/")
        page.locator("#id_rationale").fill("写到一半")
        choose(page, inherent_probability=5)
        page.get_by_role("button", name="High, medium, low").click()
        page.locator("[name=inherent_probability][value='5']").wait_for(state="detached")
        assert page.locator("[name=inherent_probability]").count() == 3
        assert page.locator("[name=inherent_probability]:checked").count() == 0  # lowers no score
        assert page.locator("#id_rationale").input_value() == "写到一半"
        choose(
            page,
            inherent_probability=4,
            inherent_impact=3,
            residual_probability=3,
            residual_impact=2,
        )
        page.get_by_role("button", name="Submit assessment").last.click()
        page.wait_for_url("**/risks/R001/")
    assert Assessment.objects.get().method == "qualitative"


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("locale", ["zh-hans", "en"])
def test_a_text_changed_meanwhile_is_read_before_it_is_approved(
    changed_plan, risk_manager, approver, window, locale, script
):
    """The second tap at the same place approves nothing."""
    User.objects.update(locale=locale, theme="dark" if locale == "en" else "light")
    approver.refresh_from_db()
    with window(approver, phone=True, java_script_enabled=script) as page:
        page.goto(f"/plans/{changed_plan.code}/decide/")
        page.locator("#id_comment").fill("同意这版")
        later = changed(ResponsePlan.objects.get(), objective="后来又改的目标")
        save_plan(changed_plan, by=risk_manager, version=None, content=later)
        submit_plan(changed_plan, by=risk_manager)
        approve = page.locator("button[value=approved]")
        approve.click()
        page.locator(".rh-conflict").wait_for()
        assert page.locator(".rh-conflict ins").first.is_visible()
        if script:
            assert read_first(page, ".rh-conflict")
            assert violations(page) == []
            shot(page, f"decide-changed-{locale}-phone")
        approve.click()
        if script:
            page.locator(".rh-summary").wait_for()
            assert read_first(page, ".rh-summary")
        assert ResponsePlan.objects.get().state == "submitted"
        page.locator("#id_has_read").check()
        approve.click()
        page.wait_for_url("**/approvals/")
    assert Approval.objects.get(decision="approved", version__number=3).comment == "同意这版"


def test_a_plan_is_written_row_by_row(high_risk, risk_manager, approver, window, in_english):
    with window(risk_manager) as page:
        page.goto("/risks/R001/plan/new/")
        assert page.locator("#id_avoid_what").is_hidden()
        choose(page, strategy="avoid")
        page.locator("#id_avoid_what").wait_for()
        choose(page, strategy="mitigate")
        page.locator("#plan-checklist").get_by_text("Add at least one action").wait_for()
        page.locator("#id_objective").fill("一年内降到中")
        page.locator("#id_action-0-title").fill("完工试压")
        page.locator("#add-row").click()
        page.locator("#id_action-1-title").wait_for()
        assert page.locator("#id_objective").input_value() == "一年内降到中"
        assert page.locator("#id_action-0-title").input_value() == "完工试压"
        page.locator("#id_action-1-title").fill("多余的一行")
        page.get_by_role("button", name="Remove action 2").click()
        page.locator("#id_action-1-title").wait_for(state="detached")
        page.locator("#id_action-0-owner").select_option(label="陈静")
        page.locator("#id_action-0-due_on").fill(in_a_month())
        page.locator("#plan-checklist").get_by_text("Add at least one action").wait_for(
            state="detached"
        )
        shot(page, "plan-written")
        assert violations(page) == []
        page.get_by_role("button", name="Check and submit").click()
        page.wait_for_url("**/plans/RP-001/submit/")
        page.get_by_role("button", name="Submit version 1").click()
        page.wait_for_url("**/plans/RP-001/")
        page.get_by_text("Submitted. 马文斌 decides.").first.wait_for()
    assert [action.title for action in content().actions] == ["完工试压"]


DATE_IT_AS_SOON_AS_IT_IS_THERE = """date => new MutationObserver((_, watch) => {
  const field = document.getElementById("id_action-1-due_on");
  if (!field) return;
  watch.disconnect();
  document.getElementById("id_action-0-due_on").value = date;
  field.dispatchEvent(new Event("change", {bubbles: true}));
}).observe(document.body, {childList: true, subtree: true})"""


def test_a_change_in_the_moment_a_part_arrives_is_heard(
    high_risk, risk_manager, window, in_english
):
    with window(risk_manager) as page:
        page.goto("/risks/R001/plan/new/")
        choose(page, strategy="mitigate")
        missing = page.locator("#plan-checklist").get_by_text("Add at least one action")
        missing.wait_for()
        page.locator("#id_action-0-title").fill("完工试压")
        page.locator("#id_action-0-owner").select_option(label="陈静")
        page.evaluate(DATE_IT_AS_SOON_AS_IT_IS_THERE, in_a_month())
        page.locator("#add-row").click()
        missing.wait_for(state="detached")


def test_approved_in_two_taps_and_a_comment(changed_plan, approver, window, in_english):
    with window(approver, phone=True) as page:
        page.goto("/approvals/")
        page.get_by_role("link", name="客户家中漏水").click()
        page.wait_for_url("**/plans/RP-001/decide/")
        assert page.locator("ins").first.is_visible()
        page.locator("#id_comment").fill("同意，下月看结果")
        page.get_by_role("button", name="Approve version 2").click()
        page.wait_for_url("**/approvals/")
        page.get_by_text("RP-001 is approved.").first.wait_for()
    approval = Approval.objects.get(version__number=2)
    assert (approval.decision, approval.comment) == ("approved", "同意，下月看结果")


@pytest.mark.parametrize("locale", ["zh-hans", "en"])
def test_the_buttons_of_a_plan_are_one_row_on_a_phone(
    changed_plan, risk_manager, staff_cleaning, draft_plan, window, locale
):
    User.objects.update(locale=locale)
    for user, plan in ((risk_manager, changed_plan), (staff_cleaning, draft_plan)):
        with window(user, phone=True) as page:
            page.goto(f"/plans/{plan.code}/edit/")
            foot = page.locator(".rh-plan-form > .rh-card-foot")
            tops = foot.locator(".btn").evaluate_all(
                "all => all.map(e => Math.round(e.getBoundingClientRect().top))"
            )
            shot(page, f"plan-foot-{user.username}-{locale}-phone")
            assert len(set(tops)) == 1
            assert foot.evaluate("e => e.scrollWidth <= e.clientWidth")
            assert foot.bounding_box()["height"] < 84


def test_a_text_that_changed_meanwhile_is_not_approved(
    changed_plan, head_cleaning, approver, risk_manager, window, in_english
):
    with window(approver) as page:
        page.goto("/plans/RP-001/decide/")
        page.locator("#id_comment").fill("同意")
        changed_plan.refresh_from_db()
        save_plan(
            changed_plan,
            by=head_cleaning,
            version=None,
            content=changed(changed_plan, objective="又改了"),
        )
        submit_plan(changed_plan, by=risk_manager)
        page.get_by_role("button", name="Approve version 2").click()
        page.get_by_text("Not decided: the text was changed while you had it open").wait_for()
        assert page.locator("#id_comment").input_value() == "同意"
        page.get_by_text("又改了").first.wait_for()
        assert violations(page) == []
        shot(page, "decide-changed-en-desktop")
        page.get_by_label("I have read version 3").check()
        page.get_by_role("button", name="Approve version 3").click()
        page.wait_for_url("**/approvals/")
    assert Approval.objects.filter(version__number=3, decision="approved").count() == 1
    assert not Approval.objects.filter(version__number=2).exists()


def test_all_that_a_file_brought_are_confirmed_at_once(imported, risk_manager, window, in_english):
    with window(risk_manager) as page:
        page.goto("/assessments/waiting/")
        page.get_by_label("Tick all on this page").check()
        assert page.locator("[name=chosen]:checked").count() == 6
        page.locator("[name=chosen]").first.uncheck()
        page.get_by_role("button", name="Confirm the ticked").click()
        page.get_by_text("5 confirmed.").first.wait_for()
        assert page.locator("[name=chosen]").count() == 1
    assert Assessment.objects.filter(state="confirmed", confirmed_by=risk_manager).count() == 5


def test_everything_works_without_script(high_risk, risk_manager, approver, window, in_english):
    with window(risk_manager, java_script_enabled=False) as page:
        page.goto("/risks/R001/plan/new/")
        choose(page, strategy="mitigate")
        page.locator("#id_action-0-title").fill("完工试压")
        page.locator("#add-row").click()
        assert page.locator("#id_action-0-title").input_value() == "完工试压"
        assert page.locator("#id_action-1-title").count() == 1
        page.locator("#id_action-0-owner").select_option(label="陈静")
        page.locator("#id_action-0-due_on").fill(in_a_month())
        page.get_by_role("button", name="Check and submit").click()
        page.get_by_role("button", name="Submit version 1").click()
        page.wait_for_url("**/plans/RP-001/")
    with window(approver, java_script_enabled=False) as page:
        page.goto("/plans/RP-001/decide/")
        page.get_by_role("button", name="Ask for changes").click()
        assert page.locator(".rh-summary").count() == 1
        page.locator("#id_comment").fill("加一项")
        page.get_by_role("button", name="Ask for changes").click()
        page.wait_for_url("**/approvals/")
    assert ResponsePlan.objects.get().state == "changes_requested"


LEAVING = """() => {
    const leaving = new Event("beforeunload", { cancelable: true });
    dispatchEvent(leaving);
    return leaving.defaultPrevented;
}"""


def test_what_is_stored_as_a_draft_is_left_without_a_warning(
    risk, risk_manager, window, in_english
):
    cover(risk, (5, 3), (4, 3), by=risk_manager)
    with window(risk_manager) as page:
        page.goto("/risks/R001/assess/")
        assert not page.evaluate(LEAVING)
        page.locator("#id_rationale").fill("写到一半")
        choose(page, inherent_probability=5)
        assert page.evaluate(LEAVING)
        page.get_by_text("Draft saved").wait_for()
        assert not page.evaluate(LEAVING)
        page.locator("#id_rationale").fill("又写了一句")
        assert page.evaluate(LEAVING)
        page.get_by_role("button", name="Save draft").click()
        page.wait_for_function(f"() => !({LEAVING})()")
