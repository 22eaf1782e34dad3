"""A risk manager lives in the list: regroups it, keeps a view, edits in cells and in bulk, takes it back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registers.models import LibraryRisk, Risk
from registers.services import adopt_risks, create_register
from riskhub.accounts.models import Department
from riskhub.search.models import SavedView
from tests.flows.people import hire, sign_in
from tests.flows.words import words_in
from tests.riskhub.web.browser import settle, violations

pytestmark = pytest.mark.browser
FOCUS = "document.activeElement.dataset.column || document.activeElement.id"


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(120)  # a row is fetched when the keys rest
    settle(page)


def test_a_manager_lives_in_the_list(stack, visit):
    say, people = words_in("zh-hans"), hire("zh-hans")
    ops = Department.objects.get(code="OPS")
    register = create_register(
        by=people["manager"], code="SVC", name_zh="服务", name_en="Service", department=ops
    )
    adopt_risks(LibraryRisk.objects.all()[:8], by=people["manager"], register=register)
    due = (timezone.localdate() + timedelta(30)).isoformat()

    with visit() as page:
        sign_in(page, say, "manager")
        page.goto("/risks/?sort=code")
        page.locator("#group-menu > summary").click()
        page.get_by_role("link", name=say("Category"), exact=True).click()
        page.locator("tr.rh-group").first.wait_for()
        settle(page)
        assert violations(page) == []

        page.locator("#views-menu > summary").click()
        page.get_by_role("link", name=say("Save this view")).click()
        page.locator("[name=name]").fill("Monday")
        page.locator("[name=is_pinned]").check()
        page.get_by_role("button", name=say("Save the view")).click()
        page.locator(".rh-tabs [aria-current]", has_text="Monday").wait_for()
        settle(page)
        assert SavedView.objects.get().query == {"group": ["category"], "sort": ["code"]}

        page.goto("/risks/?sort=code")
        press(page, "j", "e", "ArrowRight", "ArrowRight", "ArrowRight", "Enter")
        assert page.evaluate(FOCUS) == "cell_next_review_on"
        assert violations(page) == []
        page.locator("#cell_next_review_on").fill(due)
        press(page, "Enter")
        assert page.evaluate(FOCUS) == "review"
        assert Risk.objects.get(number=1).next_review_on.isoformat() == due

        page.locator("tr[data-code=R003] .rh-name").focus()
        press(page, "x", "j", "j", "j", "j", "X")
        assert page.locator("[name=pick]:checked").count() == 5
        page.get_by_role("button", name=say("Change the ticked")).click()
        page.locator("#risk-panel[data-bulk]").wait_for()
        settle(page)
        assert violations(page) == []
        page.locator("#risk-panel [name=next_review_on]").fill(due)
        page.get_by_role("button", name=say("Show the effect")).click()
        page.locator("#risk-panel button[name=digest]").wait_for()
        settle(page)
        assert violations(page) == []
        page.locator("#risk-panel button[name=digest]").click()
        page.locator("[data-countdown]").wait_for()
        settle(page)
        assert Risk.objects.filter(next_review_on=due).count() == 6
        press(page, "u")
        words = say("%(count)d risk is as it was.", "%(count)d risks are as they were.", 5)
        page.get_by_text(words).first.wait_for()
        assert Risk.objects.filter(next_review_on=due).count() == 1
