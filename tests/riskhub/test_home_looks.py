"""The start page of each role in a real browser, with the demo company behind it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from riskhub.accounts.models import User
from riskhub.accounts.services import set_language
from riskhub.work.models import Work
from riskhub.work.services import SWEEP
from tests.database import tell_once
from tests.riskhub.web.browser import shot, violations, violations_left

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROLES = ("risk.manager", "approver", "auditor", "admin", "head.cleaning", "staff.cleaning")


@pytest.fixture
def demo(transactional_db):
    tell_once("demo", lambda: call_command("seed_demo", stdout=StringIO()))
    Work.objects.create(kind=SWEEP, dedupe=SWEEP, state="done", done_at=timezone.now())
    return {user.username: user for user in User.objects.all()}


@pytest.mark.parametrize(
    ("locale", "phone"), [("zh-hans", False), ("en", True)], ids=["zh-desktop", "en-phone"]
)
def test_every_role(demo, window, locale, phone):
    for name in ROLES:
        set_language(demo[name], by=demo[name], locale=locale)
        with window(demo[name], phone=phone) as page:
            page.goto("/")
            in_flows = locale == "zh-hans" and name != "approver"  # who has something late here
            look(page, f"home-{name}-{locale}", in_flows=in_flows)


def test_in_the_dark(demo, window):
    for name in ("risk.manager", "auditor"):
        with window(demo[name], color_scheme="dark") as page:
            page.goto("/")
            look(page, f"home-{name}-dark")


def look(page, name, *, in_flows=False):
    """`in_flows`: tests/flows/test_every_page.py has axe look at the very same page."""
    shot(page, name)
    assert (violations_left(page, phone=False) if in_flows else violations(page)) == []
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide), f"{name} scrolls sideways"


def test_the_first_plan_to_decide_is_seen_without_scrolling(demo, window):
    with window(demo["approver"], phone=True) as page:
        page.goto("/")
        box = page.locator('a.btn[href^="/plans/"]').first.bounding_box()
        assert box["y"] + box["height"] < page.viewport_size["height"] - 64  # the bar at the bottom


def test_what_was_given_up_is_retried_in_place(demo, window):
    for number in (1, 2):
        Work.objects.create(kind="report.render", dedupe=f"x:{number}", state="dead", error="no")
    with window(demo["risk.manager"]) as page:
        page.goto("/")
        page.locator(".rh-note-alert a").click()
        assert violations(page) == []
        buttons = page.locator("#dead-work button")
        assert buttons.count() == 2
        buttons.first.click()
        page.locator("[data-toast]").wait_for()
        assert buttons.count() == 1
        shot(page, "work")


def test_the_log_is_verified_and_searched(demo, window):
    with window(demo["auditor"]) as page:
        page.goto("/audit/verify/")
        page.locator('form[action="/audit/verify/"] button').click()
        page.locator("#running-title").wait_for()
        page.goto("/audit/")
        assert violations(page) == []
        page.fill("#q", "R001")
        page.press("#q", "Enter")
        page.wait_for_url("**/audit/?*q=R001*")
        page.locator("#event-rows details summary").nth(-1).click()
        assert violations(page) == []
        shot(page, "audit")


def test_a_notice_leads_on_and_is_read(demo, window):
    with window(demo["approver"]) as page:
        page.goto("/notices/?unread=1")
        assert violations(page) == []
        before = page.locator("#notice-rows li").count()
        page.locator("#notice-rows button").first.click()
        page.wait_for_url("**/assessments/waiting/")
        page.goto("/notices/?unread=1")
        assert page.locator("#notice-rows li").count() == before - 1
