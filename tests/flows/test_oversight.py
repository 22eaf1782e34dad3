"""An auditor reads, verifies and notes; a manager goes where they want by the keyboard alone."""

import re

import pytest

from registers.models import Risk
from registers.services import create_register, edit_risk
from riskhub.accounts.models import Department
from riskhub.audit.models import AuditEvent
from tests.builders import make_risk
from tests.flows.people import hire, sign_in
from tests.flows.words import words_in

pytestmark = pytest.mark.browser
NOTE = "为什么只改了原因？\n问过陈静，待答复。"


@pytest.fixture
def risks(stack):
    def made(by):
        ops = Department.objects.get(code="OPS")
        register = create_register(
            by=by, code="SVC", name_zh="服务风险登记表", name_en="Service", department=ops
        )
        for title in ("安装后漏水", "高处作业坠落", "Water leak under the sink"):
            make_risk(register, by=by, title=title)
        edit_risk(Risk.objects.get(number=2), by=by, version=None, cause="没有系安全带")

    return made


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("locale", ["zh-hans", "en"])
def test_an_auditor_finds_an_event_verifies_the_log_and_adds_a_note(visit, risks, locale, phone):
    say, people = words_in(locale), hire(locale)
    risks(people["manager"])
    with visit(phone=phone) as page:
        sign_in(page, say, "auditor")
        page.locator("header details.rh-menu summary").click()
        page.get_by_role("link", name=say("Audit log"), exact=True).click()
        page.locator("#q").fill("坠落")
        page.get_by_role("button", name=say("Search"), exact=True).click()
        page.wait_for_url(re.compile(r"[?&]q="))
        first = page.locator(".rh-told").first
        first.locator("summary").click()
        assert "没有系安全带" in first.locator("ins").inner_text()
        event = AuditEvent.objects.get(action="risk.edited", object_type="registers_risk")
        first.get_by_role("link", name=say("Event %(number)s", number=event.pk)).click()
        page.get_by_role("link", name=say("Add a note")).click()
        page.locator("[name=text]").fill(NOTE)
        page.get_by_role("button", name=say("Add the note")).click()
        assert page.locator(".rh-said").inner_text() == NOTE

        page.goto("/audit/")
        page.get_by_role("link", name=say("Verification"), exact=True).click()
        page.get_by_role("button", name=say("Verify the log")).click()
        page.get_by_text(say("The log is whole.")).first.wait_for()
        page.get_by_role("link", name=say("Seals"), exact=True).click()
        page.locator(".rh-table tbody tr").first.wait_for()
        with page.expect_download() as download:
            page.goto("/audit/")
            page.get_by_role("link", name="CSV").click()
        assert download.value.suggested_filename.startswith("audit-log-")


@pytest.mark.parametrize("locale", ["zh-hans", "en"])
def test_a_manager_goes_anywhere_by_the_keyboard(visit, risks, locale):
    say, people = words_in(locale), hire(locale)
    risks(people["manager"])
    with visit() as page:
        sign_in(page, say, "manager")
        bar, options = page.locator("#command"), page.locator("#command-hits [role=option]")
        for key, words, code in (("Control+k", "坠落", "R002"), ("/", "leak", "R003"),
                                 ("Control+k", "r1", "R001")):  # fmt: skip
            page.keyboard.press(key)
            assert bar.evaluate("field => field === document.activeElement")
            page.keyboard.insert_text(words)
            page.keyboard.press("Enter")  # before the answer is there
            page.wait_for_url(re.compile(rf"/risks/{code}/"))
        # arrows choose, and what is chosen is said
        page.keyboard.press("/")
        page.keyboard.insert_text("R00")
        options.filter(has_text="R003").wait_for()  # not the pages that stand there until then
        page.keyboard.press("ArrowDown")
        chosen = page.locator("[role=option][aria-selected=true]")
        assert chosen.count() == 1
        assert chosen.get_attribute("id") == bar.get_attribute("aria-activedescendant")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        assert chosen.get_attribute("id") == options.last.get_attribute("id")
        # Esc closes, and once more leads back; a slash that is typed stays a slash
        page.keyboard.press("Escape")
        assert bar.get_attribute("aria-expanded") == "false"
        assert page.locator("#command-hits").is_hidden()
        page.keyboard.press("Escape")
        assert not bar.evaluate("field => field === document.activeElement")
        page.goto("/risks/")
        page.locator("#q").fill("a")
        page.keyboard.press("/")
        assert page.locator("#q").input_value() == "a/"
        # a page, in the language of the page or the other one
        page.keyboard.press("Control+k")
        page.keyboard.insert_text("热力图")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/matrix/"))


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_on_a_phone_a_button_leads_to_the_page_of_results(visit, risks, script):
    say, people = words_in("zh-hans"), hire("zh-hans")
    risks(people["manager"])
    with visit(phone=True, java_script_enabled=script) as page:
        sign_in(page, say, "manager")
        page.locator(".rh-command-touch").click()
        page.locator("#find").fill("漏水")
        page.get_by_role("button", name=say("Search"), exact=True).click()
        page.locator("#search-hits").get_by_role("link", name="R001").click()
        page.wait_for_url(re.compile("/risks/R001/"))


def test_what_is_being_composed_is_not_looked_for(visit, risks):
    """Pinyin on its way to characters asks nothing, and its Enter opens nothing."""
    say, people = words_in("zh-hans"), hire("zh-hans")
    risks(people["manager"])
    asked = []
    with visit() as page:
        sign_in(page, say, "manager")
        page.keyboard.press("Control+k")
        page.locator("#command-hits [role=option]").first.wait_for()
        page.on(
            "request",
            lambda request: asked.append(request.url) if "/search/" in request.url else None,
        )
        keyboard = page.context.new_cdp_session(page)
        keyboard.send(
            "Input.imeSetComposition", {"text": "zhui luo", "selectionStart": 8, "selectionEnd": 8}
        )
        page.wait_for_timeout(400)
        assert asked == []
        keyboard.send("Input.insertText", {"text": "坠落"})
        page.locator("#hit-risks-1", has_text="R002").wait_for()
        assert len(asked) == 1
