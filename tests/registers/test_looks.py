"""The screens of the register in a real browser: access rules, nothing sideways, swaps in place."""

from uuid import uuid4

import pytest
from django.utils import timezone

from registers.models import LibraryRisk, Risk, RiskCategory, RiskProposal
from registers.services import adopt_risks, close_risk, edit_risk, file_proposal
from riskhub.accounts.models import User
from tests.builders import assess, make_plan
from tests.riskhub.web.browser import read_first, settle, shot, violations, violations_left

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def company(register, risk_manager, second_manager, head_cleaning, staff_cleaning, clean):
    """R001 High with a plan and late, R002 Low, the rest not rated, R012 closed; two filings."""
    adopt_risks(LibraryRisk.objects.all()[:12], by=risk_manager, register=register)
    first, second = Risk.objects.order_by("number")[:2]
    edit_risk(first, by=risk_manager, version=1, owner=head_cleaning, cause="未系安全带")
    assess(first, (3, 5), (2, 5), by=risk_manager, confirmed_by=second_manager, target=(1, 4))
    make_plan(first, by=risk_manager)
    assess(second, (2, 2), (1, 2), by=risk_manager)
    close_risk(Risk.objects.get(number=12), by=risk_manager, reason="不再提供该服务")
    Risk.objects.filter(number=1).update(next_review_on=timezone.localdate().replace(year=2020))
    for text in ("厨房地面有油，差点滑倒。", "绳子断了"):
        file_proposal(by=staff_cleaning, client_uuid=uuid4(), text=text, department=clean)


PAGES = {
    "list": "/risks/",
    "narrowed": "/risks/?level=high&department=OPS",
    "nothing": "/risks/?q=zzz",
    "risk": "/risks/R001/",
    "closed": "/risks/R012/",
    "history": "/risks/R001/history/",
    "create": "/risks/new/",
    "edit": "/risks/R001/edit/",
    "close": "/risks/R001/close/",
    "merge": "/risks/R001/merge/",
    "reopen": "/risks/R012/reopen/",
    "registers": "/registers/",
    "new register": "/registers/new/",
    "library": "/library/",
    "inbox": "/inbox/triage/",
    "filing": "/inbox/triage/{filing}/",
    "file": "/m/new",
    "mine": "/m/mine/",
    "posters": "/posters/",
    "poster": "/posters/CLEAN/",
}
IN_FLOWS = {
    "list", "nothing", "create", "edit", "close", "reopen", "registers", "new register", "library",
    "inbox", "filing",
}  # fmt: skip
"""Opened in the same state by the same role in tests/flows/test_every_page.py."""


@pytest.mark.parametrize(
    ("locale", "theme", "phone"),
    [("zh-hans", "light", False), ("en", "dark", True)],
    ids=["zh-desktop", "en-dark-phone"],
)
def test_every_screen(company, window, risk_manager, locale, theme, phone):
    User.objects.filter(pk=risk_manager.pk).update(locale=locale, theme=theme)
    filing = RiskProposal.objects.first().pk
    with window(risk_manager, phone=phone) as page:
        for name, url in PAGES.items():
            page.goto(url.format(filing=filing))
            page.wait_for_function("() => !document.querySelector('#risk-trail[data-hx-get]')")
            shot(page, f"registers-{name.replace(' ', '-')}-{locale}-{theme}-{phone}")
            found = violations_left(page, phone=phone) if name in IN_FLOWS else violations(page)
            assert found == [], name
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, name


@pytest.mark.parametrize("phone", [False, True])
def test_a_very_long_name_takes_three_lines_of_the_list(company, window, risk_manager, phone):
    Risk.objects.filter(number=2).update(title="楼道里的灯坏了没有人修" * 27)
    with window(risk_manager, phone=phone) as page:
        page.goto("/risks/")
        lines = "e => e.offsetHeight / parseFloat(getComputedStyle(e).lineHeight)"
        heights = [name.evaluate(lines) for name in page.locator(".rh-table .rh-name").all()]
        assert 2.5 < max(heights) < 3.5
        assert min(heights) < 1.5
        assert violations(page) == []
        shot(page, f"registers-long-name-{phone}")


def test_the_list_is_searched_filtered_and_sorted_in_place(company, window, risk_manager):
    with window(risk_manager) as page:
        page.goto("/risks/")
        page.evaluate("window.stayed = true")
        page.locator("#q").press_sequentially("高处", delay=30)
        page.wait_for_url("**/risks/?q=*%E5%A4%84")
        assert page.locator("tbody tr").count() == 1
        assert page.evaluate("document.activeElement.id") == "q"
        page.locator("#q").fill("")
        page.wait_for_url("**/risks/")
        page.locator("#filter-level > summary").click()
        page.locator("#level-high").check()
        page.wait_for_url("**/risks/?level=high")
        assert page.locator("tbody .rh-code").all_inner_texts() == ["R001"]
        assert page.locator("#filter-level").get_attribute("open") is not None
        page.locator("#level-low").check()
        page.wait_for_url("**/risks/?level=high&level=low")
        page.locator("#sort-code").click()
        page.wait_for_url("**sort=code*")
        assert page.locator("tbody .rh-code").all_inner_texts() == ["R001", "R002"]
        page.locator("#filter-level > summary").click()
        page.locator("#filter-level a").click()
        page.wait_for_url("**/risks/?sort=code")
        assert page.locator("tbody tr").count() == 11
        assert page.evaluate("window.stayed") is True
        page.go_back()
        page.wait_for_url("**level=low*")
        page.locator("#view-5").click()
        page.wait_for_url("**/risks/?level=high&level=low&sort=code&view=overdue")
        assert page.locator("tbody .rh-code").all_inner_texts() == ["R001"]
        assert page.locator("#q").input_value() == ""


@pytest.mark.parametrize("phone", [False, True])
def test_applying_closes_the_menu_of_a_filter(company, window, risk_manager, phone):
    """A tick leaves it open for the next one; the button is the last word."""
    with window(risk_manager, phone=phone) as page:
        page.goto("/risks/")
        if phone:
            page.locator("#filter-fold > summary").click()
        page.locator("#filter-owner > summary").click()
        page.locator("#filter-text-owner").fill("周立")
        page.locator("#filter-owner button[type=submit]").click()
        page.wait_for_url("**/risks/?*owner=*")
        settle(page)
        assert page.locator("#filter-owner").get_attribute("open") is None
        assert page.locator("tbody .rh-code").all_inner_texts() == ["R001"]
        focused = "document.activeElement.parentElement.id + ' ' + document.activeElement.tagName"
        assert page.evaluate(focused) == "filter-owner SUMMARY"
        shot(page, f"registers-filter-applied-{phone}")


def test_what_is_ticked_and_typed_while_the_list_is_on_its_way_counts(
    company, window, risk_manager
):
    held = []
    with window(risk_manager) as page:
        page.goto("/risks/")
        page.route("**/risks/?*level=high*", lambda route: held.append(route), times=1)  # noqa: PLW0108 - a bound method cannot be marked
        page.locator("#filter-level > summary").click()
        page.locator("#level-high").check()
        page.locator("#level-low").check()
        page.locator("#q").fill("R00")
        while not held:
            page.wait_for_timeout(20)
        page.wait_for_timeout(400)
        held[0].continue_()
        page.wait_for_url("**/risks/?*q=R00*")
        assert "level=high&level=low" in page.url
        page.locator("tbody .rh-code").nth(1).wait_for()
        assert page.locator("tbody .rh-code").all_inner_texts() == ["R001", "R002"]
        assert page.locator("#q").input_value() == "R00"
        assert page.locator("#level-low").is_checked()


def test_two_editors_and_nothing_lost(company, window, risk_manager):
    with window(risk_manager) as page:
        page.goto("/risks/R002/edit/")
        page.locator("#id_title").fill("我写的名称")
        stored = Risk.objects.get(number=2)
        edit_risk(stored, by=risk_manager, version=stored.row_version, title="别人写的名称")
        page.locator("main button[type=submit]").click()
        page.locator(".rh-conflict").wait_for()
        assert page.locator("#id_title").input_value() == "我写的名称"
        assert "别人写的名称" in page.locator(".rh-conflict").inner_text()
        assert violations(page) == []
        shot(page, "registers-conflict")
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/risks/R002/")
        page.get_by_role("heading", name="我写的名称").wait_for()


@pytest.mark.parametrize(("locale", "theme"), [("zh-hans", "light"), ("en", "dark")])
def test_two_editors_of_two_fields(company, window, risk_manager, locale, theme):
    """The second save, pressed at the very same place, takes nothing from the other."""
    User.objects.filter(pk=risk_manager.pk).update(locale=locale, theme=theme)
    with window(risk_manager, phone=True) as page:
        page.goto("/risks/R002/edit/")
        page.locator("#id_consequence").fill("我写的后果")
        stored = Risk.objects.get(number=2)
        edit_risk(stored, by=risk_manager, version=stored.row_version, cause="别人写的原因")
        page.locator("main button[type=submit]").click()
        page.locator(".rh-conflict").wait_for()
        assert read_first(page, ".rh-conflict")
        assert page.locator("#id_cause").input_value() == "别人写的原因"
        assert page.locator(".rh-conflict a").get_attribute("href") == "#id_cause"
        assert violations(page) == []
        shot(page, f"registers-conflict-{locale}-{theme}-phone")
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/risks/R002/")
    stored.refresh_from_db()
    assert (stored.cause, stored.consequence) == ("别人写的原因", "我写的后果")


def test_two_editors_without_script(company, window, risk_manager):
    with window(risk_manager, java_script_enabled=False) as page:
        page.goto("/risks/R002/edit/")
        page.locator("#id_consequence").fill("我写的后果")
        stored = Risk.objects.get(number=2)
        edit_risk(stored, by=risk_manager, version=stored.row_version, cause="别人写的原因")
        page.locator("main button[type=submit]").click()
        assert page.locator(".rh-conflict").is_visible()
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/risks/R002/")
    stored.refresh_from_db()
    assert (stored.cause, stored.consequence) == ("别人写的原因", "我写的后果")


def test_an_invalid_form_leads_to_its_fields(company, window, risk_manager):
    with window(risk_manager, phone=True) as page:
        page.goto("/risks/new/")
        page.locator("#id_title").fill("只有名称")
        page.locator("main button[type=submit]").click()
        page.locator(".rh-summary").wait_for()
        assert page.locator("#id_title").input_value() == "只有名称"
        assert violations(page) == []
        page.locator(".rh-summary a").first.click()
        assert page.evaluate("document.activeElement.id") == "id_event"


def test_filed_on_a_phone_without_script_and_accepted(
    company, window, staff_cleaning, risk_manager
):
    with window(staff_cleaning, phone=True, java_script_enabled=False) as page:
        page.goto("/m/new")
        page.locator("#id_text").fill("楼道灯坏了，老人差点摔倒。")
        page.locator("button[type=submit]").last.click()
        page.wait_for_url("**/m/filed/*")
        number = page.url.rpartition("/")[2]
    filed = RiskProposal.objects.get(pk=number)
    with window(risk_manager) as page:
        page.goto(f"/inbox/triage/{filed.pk}/")
        page.locator("summary[data-key=a]").click()
        form = page.locator("[id^=decision-accept] form")
        form.locator("[name=category][value]").first.check()
        form.get_by_role("button").last.click()
        page.locator("[data-toast]").wait_for()
    risk = Risk.objects.get(proposals=filed)
    assert (risk.event, risk.category) == (filed.text, RiskCategory.objects.get(code="operational"))
    with window(staff_cleaning, phone=True) as page:
        page.goto("/m/mine/")
        assert risk.code in page.locator("main").inner_text()


def test_the_library_is_adopted_from_a_phone(company, window, risk_manager):
    with window(risk_manager, phone=True) as page:
        page.goto("/library/")
        for code in ("LIB-020", "LIB-021", "LIB-022"):
            page.locator(f"#{code}").check()
        page.locator(".rh-adopt button").click()
        page.wait_for_url("**/risks/?register=SVC")
        page.locator("[data-toast]").wait_for()
    assert Risk.objects.filter(number__gt=12).count() == 3
