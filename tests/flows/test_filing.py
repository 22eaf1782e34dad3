"""What somebody saw at a customer's home becomes a risk, and they hear of it."""

import re

import pytest

from registers.models import RiskProposal
from registers.services import create_register
from riskhub.accounts.models import Department
from riskhub.audit.models import AuditEvent
from tests.cast import PASSWORD, make_user
from tests.flows.people import hire, sign_in
from tests.flows.risks import open_area
from tests.flows.words import words_in
from tests.photos import picture
from tests.registers.owed import do_owed

pytestmark = pytest.mark.browser
PHOTO = {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(2400, 1800))}
SAW = "空调外机支架锈穿了，师傅差点掉下去"
RECEIPT = re.compile(r"/m/filed/[0-9a-f-]{36}$")


@pytest.fixture
def say():
    return words_in("zh-hans")


@pytest.fixture
def company(stack, say):
    people = hire("zh-hans")
    ops = Department.objects.get(code="OPS")
    make_user("staff", "王芳", "staff", ops, password=PASSWORD)
    create_register(
        by=people["manager"],
        code="SVC",
        name_zh="服务风险登记表",
        name_en="Service",
        department=ops,
    )


def write(page, say, text, kind):
    page.get_by_role("link", name=say("File a risk")).first.click()
    page.get_by_role("textbox", name=say("What did you see or hear?")).fill(text)
    page.get_by_text(say(kind), exact=True).click()


def send(page, say):
    page.get_by_role("button", name=say("Send"), exact=True).click()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_staff_member_files_and_hears_what_became_of_it(company, visit, say, script):
    with visit(phone=True, java_script_enabled=script) as page:
        sign_in(page, say, "staff")
        write(page, say, SAW, "Danger now")
        page.get_by_role("link", name="120").wait_for()
        page.get_by_label(say("Where in the service? (optional)")).fill("阳台")
        page.locator("#id_photos_1").set_input_files(PHOTO)
        if script:
            page.locator(".rh-thumbs-live img").wait_for()
        send(page, say)
        page.get_by_role("heading", name=say("Filed as number %(number)s", number=1)).wait_for()
        page.get_by_text(say("Received, not decided yet")).wait_for()
        page.get_by_text("阳台").wait_for()
        page.locator(".rh-thumb img").wait_for()

    with visit(java_script_enabled=script) as page:
        sign_in(page, say, "manager")
        open_area(page, say, "Identify", "Triage inbox")
        (by_keys if script else by_hand)(page, say)
        page.get_by_text(say("The inbox is empty")).wait_for()
        page.goto("/risks/R001/")
        page.get_by_text(say("Filed by staff")).first.wait_for()

    do_owed("proposal.tell")  # what the worker does once nobody can undo it
    with visit(phone=True, java_script_enabled=script) as page:
        sign_in(page, say, "staff")
        page.get_by_role("link", name=say("File a risk")).first.click()
        page.get_by_role("link", name=say("What I filed before")).click()
        page.get_by_text(say("Accepted as %(code)s", code="R001")).wait_for()
        page.goto("/notices/")
        page.get_by_role("button").filter(has_text="R001").click()


def by_keys(page, say):
    """No pointer: decline, take it back from the toast, accept."""
    press, typed = page.keyboard.press, page.keyboard.type
    page.locator("#filing .rh-thumb img").wait_for()
    press("d")
    typed("不在服务范围")
    press("Control+Enter")
    page.get_by_text(say("The inbox is empty")).wait_for()
    undo = page.get_by_role("button", name=say("Undo"))
    undo.focus()
    press("Enter")
    page.get_by_text(say("Undone. The filing waits as before.")).wait_for()
    press("a")
    focused = page.locator(":focus")
    if focused.get_attribute("type") == "radio":
        press("Space")
        page.locator("#filing form").first.get_by_role(
            "button", name=say("Accept as a risk")
        ).focus()
    press("Enter")


def by_hand(page, say):
    page.get_by_role("link", name=SAW, exact=True).click()
    page.locator(".rh-thumb img").wait_for()
    page.locator("summary[data-key=a]").click()
    form = page.locator("[id^=decision-accept] form")
    form.locator("[name=category][value]").first.check()
    form.get_by_role("button", name=say("Accept as a risk")).click()


def test_a_near_miss_without_a_name_is_asked_about_and_answered(company, visit, say):
    """The address of the receipt is all that leads back; nothing kept names who filed or answered."""
    with visit(phone=True) as page:
        sign_in(page, say, "staff")
        assert not page.locator("[name=is_anonymous]").is_visible()
        write(page, say, "梯子滑了一下，没有摔下来", "Near miss")
        page.get_by_label(say("Send it without my name")).check()
        send(page, say)
        page.wait_for_url(RECEIPT)
        kept = page.get_by_label(say("Address of this page")).input_value()
        assert kept == page.url

    with visit() as page:
        sign_in(page, say, "manager")
        open_area(page, say, "Identify", "Triage inbox")
        page.locator("#filing").get_by_text(say("without a name")).wait_for()
        page.keyboard.press("r")
        page.keyboard.type("梯子有编号吗？")
        page.keyboard.press("Control+Enter")
        page.get_by_text(say("Asked back. It waits for the answer.")).wait_for()

    with visit(phone=True) as page:
        sign_in(page, say, "staff")
        page.goto(kept)
        page.get_by_text("梯子有编号吗？").wait_for()
        page.get_by_role("link", name=say("Answer"), exact=True).click()
        page.get_by_label(say("Your answer")).fill("七号梯")
        page.get_by_role("button", name=say("Send the answer")).click()
        page.get_by_text(say("Answered, not decided yet")).wait_for()
        page.goto("/m/mine/")
        page.get_by_text(say("Nothing filed yet")).wait_for()

    filed = RiskProposal.objects.get()
    assert (filed.submitter, filed.state) == (None, "submitted")
    assert [message.speaker for message in filed.messages.order_by("pk")] == ["陈静", "未留姓名"]
    acts = AuditEvent.objects.filter(action__in=("proposal.filed", "proposal.answered"))
    assert set(acts.values_list("actor_id", "actor_name")) == {(None, "nobody")}
