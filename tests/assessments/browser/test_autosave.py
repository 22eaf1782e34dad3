"""What is typed in the editor of a plan outlives a closed tab, and no window overwrites another."""

import pytest

from assessments.models import PlanDraft
from tests.riskhub.web.browser import shot, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STATE = "#plan-draft"


def test_a_closed_tab_loses_nothing(draft_plan, staff_cleaning, window, in_english):
    address = f"/plans/{draft_plan.code}/edit/"
    with window(staff_cleaning, phone=True) as page:
        page.goto(address)
        page.locator("#id_objective").fill("写到一半")
        page.locator("#id_action-0-title").fill("没有负责人的一步")
        page.locator(STATE).get_by_text("Draft saved").wait_for()
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
        page.locator("#id_action-1-title").wait_for()
        page.locator(STATE).get_by_text("Draft saved").wait_for()
        page.get_by_role("button", name="Discard the draft").click()
        page.get_by_text("The draft is discarded.").first.wait_for()
        assert page.locator("#id_objective").input_value() == "一年内降到中"
    assert not PlanDraft.objects.exists()


def test_a_window_left_behind_asks_first(draft_plan, staff_cleaning, window, in_english):
    address = f"/plans/{draft_plan.code}/edit/"
    with window(staff_cleaning) as one, window(staff_cleaning) as two:
        for page in (one, two):
            page.goto(address)
        one.locator("#id_objective").fill("甲窗口")
        one.locator(STATE).get_by_text("Draft saved").wait_for()
        two.locator("#id_objective").fill("乙窗口")
        two.get_by_text("Another window saved a draft of this plan").wait_for()
        assert two.locator("#id_objective").input_value() == "乙窗口"
        assert PlanDraft.objects.get().typed["objective"] == ["甲窗口"]
        shot(two, "plan-autosave-stale-en-desktop")
        two.get_by_role("button", name="Keep what stands here instead").click()
        two.locator(STATE).get_by_text("Draft saved").wait_for()
    assert PlanDraft.objects.get().typed["objective"] == ["乙窗口"]
