"""What is typed in the editor of a plan outlives a closed tab, and no window overwrites another."""

import pytest
from django.db import transaction

from assessments.models import AssessmentDraft, PlanDraft
from assessments.plans.content import PlanContent
from assessments.services import save_plan
from registers.models import Risk
from tests.assessments.services.test_plans import changed
from tests.riskhub.web.browser import shot, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STATE = "#plan-draft"
KEPT = "What you typed is kept"
REFUSED = ("Failed to load resource", "Response Status Error Code")
UNSAVED = "Not saved yet, it is tried again"


def test_a_closed_tab_loses_nothing(draft_plan, staff_cleaning, window, in_english):
    address = f"/plans/{draft_plan.code}/edit/"
    with window(staff_cleaning, phone=True) as page:
        page.goto(address)
        page.locator("#id_objective").fill("写到一半")
        page.locator("#id_action-0-title").fill("没有负责人的一步")
        page.locator(STATE).get_by_text(KEPT).wait_for()
        shot(page, "plan-autosave-en-phone")
        assert violations(page) == []
    draft_plan.refresh_from_db()
    assert draft_plan.state == "draft"
    assert PlanDraft.objects.get().typed["objective"] == ["写到一半"]
    with window(staff_cleaning) as page:
        page.goto(address)
        assert page.locator("#id_objective").input_value() == "写到一半"
        assert page.locator("#id_action-0-title").input_value() == "没有负责人的一步"
        page.locator("#add-row").click()
        page.locator("#id_action-1-title:focus").wait_for()
        page.locator(STATE).get_by_text(KEPT).wait_for()
        page.get_by_role("button", name="Discard what you typed").click()
        page.get_by_text("What you typed is discarded.").first.wait_for()
        assert page.locator("#id_objective").input_value() == "一年内降到中"
    assert not PlanDraft.objects.exists()


def test_a_window_left_behind_asks_first(draft_plan, staff_cleaning, window, in_english):
    address = f"/plans/{draft_plan.code}/edit/"
    with window(staff_cleaning) as one, window(staff_cleaning) as two:
        for page in (one, two):
            page.goto(address)
        one.locator("#id_objective").fill("甲窗口")
        one.locator(STATE).get_by_text(KEPT).wait_for()
        two.locator("#id_objective").fill("乙窗口")
        two.get_by_text("Another window of yours kept another text").wait_for()
        assert two.locator("#id_objective").input_value() == "乙窗口"
        assert PlanDraft.objects.get().typed["objective"] == ["甲窗口"]
        shot(two, "plan-autosave-stale-en-desktop")
        two.get_by_role("button", name="Keep what stands here instead").click()
        two.locator(STATE).get_by_text(KEPT).wait_for()
    assert PlanDraft.objects.get().typed["objective"] == ["乙窗口"]


def test_what_could_not_be_saved_says_so_and_is_tried_again(
    draft_plan, staff_cleaning, window, in_english
):
    with window(staff_cleaning, allowed=REFUSED) as page:
        page.goto(f"/plans/{draft_plan.code}/edit/")
        page.locator("#id_objective").fill("先存上")
        page.locator(STATE).get_by_text(KEPT).wait_for()
        page.route("**/plan/draft/", lambda route: route.fulfill(status=500, body="x"))
        page.locator("#id_objective").fill("没存上")
        page.locator(STATE).get_by_text(UNSAVED).wait_for()
        assert page.locator(STATE).get_by_text(KEPT).count() == 0
        assert page.locator("#notes > *").count() == 0
        assert PlanDraft.objects.get().typed["objective"] == ["先存上"]
        page.unroute("**/plan/draft/")
        page.locator(STATE).get_by_text(KEPT).wait_for()
    assert PlanDraft.objects.get().typed["objective"] == ["没存上"]


def test_an_old_token_keeps_what_is_typed_and_hands_nothing_in(
    draft_plan, staff_cleaning, window, in_english
):
    with window(staff_cleaning, allowed=REFUSED) as page:
        page.goto(f"/plans/{draft_plan.code}/edit/")
        page.locator("#plan-form [name=csrfmiddlewaretoken]").evaluate(
            "field => { field.value = 'x'.repeat(64); }"
        )
        page.locator("[name=csrfmiddlewaretoken]").first.evaluate(
            "field => { field.value = 'x'.repeat(64); }"
        )
        page.locator("#id_objective").fill("换过令牌")
        page.locator(STATE).get_by_text(KEPT).wait_for()
        assert page.url.endswith("/edit/")
    draft_plan.refresh_from_db()
    assert draft_plan.row_version == 2
    assert PlanDraft.objects.get().typed["objective"] == ["换过令牌"]


def kept_soon(page):
    """The request outlives its page: nothing of the browser tells when it was answered."""
    for _n in range(50):
        if PlanDraft.objects.exists():
            break
        page.wait_for_timeout(100)
    return PlanDraft.objects.get().typed["objective"]


def test_a_page_that_is_left_at_once_keeps_the_last_word(
    draft_plan, staff_cleaning, window, in_english
):
    with window(staff_cleaning) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"/plans/{draft_plan.code}/edit/")
        page.locator("#id_objective").fill("最后一句")
        page.goto("/plans/")
        assert kept_soon(page) == ["最后一句"]
    draft_plan.refresh_from_db()
    assert draft_plan.row_version == 2


@pytest.mark.parametrize("what", ["plan", "assessment"])
def test_a_page_loaded_again_while_one_types_waits_for_the_last_words(
    draft_plan, risk_manager, window, in_english, what
):
    risk = draft_plan.risk
    address, field, state = {
        "plan": (f"/plans/{draft_plan.code}/edit/", "#id_objective", STATE),
        "assessment": (f"/risks/{risk.code}/assess/", "#id_rationale", "#draft-state"),
    }[what]
    with window(risk_manager) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(address)
        for words in ("写到一半", "写完"):
            page.locator(field).fill(words)
            with (
                transaction.atomic()
            ):  # the last words of the page that is left arrive after the next one
                Risk.objects.select_for_update().get(pk=risk.pk)
                page.reload()
                assert page.locator(field).input_value() != words
            page.wait_for_function(
                "([at, words]) => document.querySelector(at)?.value === words", arg=[field, words]
            )
        page.locator(field).fill("写完了")
        page.locator(state).get_by_text("only you see it").wait_for()
        page.wait_for_timeout(2500)
        assert page.get_by_text("Another window").count() == 0
    draft = (PlanDraft if what == "plan" else AssessmentDraft).objects.get()
    assert "写完了" in str(draft.typed)


def test_what_is_handed_in_leaves_nothing_behind(draft_plan, staff_cleaning, window, in_english):
    with window(staff_cleaning) as page:
        page.goto(f"/plans/{draft_plan.code}/edit/")
        page.locator("#id_objective").fill("写进方案")
        page.get_by_role("button", name="Keep as draft").last.click()
        page.wait_for_url(f"**/plans/{draft_plan.code}/")
        page.goto("/plans/")
    draft_plan.refresh_from_db()
    assert PlanContent.parse(draft_plan.head.content).objective == "写进方案"
    assert not PlanDraft.objects.exists()


def test_somebody_elses_version_is_noticed_while_one_types(
    draft_plan, staff_cleaning, risk_manager, window, in_english
):
    with window(staff_cleaning, phone=True) as page:
        page.goto(f"/plans/{draft_plan.code}/edit/")
        theirs = changed(draft_plan, objective="别人的")
        save_plan(draft_plan, by=risk_manager, version=None, content=theirs)
        page.locator("#id_objective").fill("我的")
        page.locator(STATE).get_by_text("changed this plan meanwhile").wait_for()
        shot(page, "plan-autosave-behind-en-phone")
        assert violations(page) == []
        page.locator(STATE).get_by_role("link", name="Show both texts").click()
        page.get_by_text("Not saved: somebody saved in between").wait_for()
        assert page.locator("#id_objective").input_value() == "我的"


def test_the_way_of_entry_is_kept_without_another_word(risk, risk_manager, window, in_english):
    address, quick = f"/risks/{risk.code}/assess/", "High, medium, low"
    with window(risk_manager) as page:
        page.goto(address)
        page.get_by_role("button", name=quick).click()
        page.locator("#draft-state").get_by_text("Draft saved").wait_for()
        assert AssessmentDraft.objects.get().typed["entry"] == "quick"
        page.goto(address)
        assert page.get_by_role("button", name=quick).get_attribute("aria-pressed") == "true"
