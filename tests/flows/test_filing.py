"""What somebody saw at a customer's home becomes a risk, and they hear of it."""

import pytest

from registers.services import create_register
from riskhub.accounts.models import Department
from tests.cast import PASSWORD, make_user
from tests.flows.people import hire, sign_in
from tests.flows.risks import open_area, open_risk
from tests.flows.words import words_in
from tests.registers.owed import do_owed

pytestmark = pytest.mark.browser
SAW = "空调外机支架锈穿了，师傅差点掉下去"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_staff_member_files_and_hears_what_became_of_it(stack, visit, script):
    say, people = words_in("zh-hans"), hire("zh-hans")
    ops = Department.objects.get(code="OPS")
    make_user("staff", "王芳", "staff", ops, password=PASSWORD)
    create_register(
        by=people["manager"],
        code="SVC",
        name_zh="服务风险登记表",
        name_en="Service",
        department=ops,
    )

    with visit(phone=True, java_script_enabled=script) as page:
        sign_in(page, say, "staff")
        page.get_by_role("link", name=say("File a risk")).first.click()
        page.get_by_role("textbox").fill(SAW)
        page.get_by_role("button", name=say("Send")).click()
        page.get_by_role("heading", name=say("Filed as number %(number)s", number=1)).wait_for()
        page.get_by_text(say("Received, not decided yet")).wait_for()

    with visit() as page:
        sign_in(page, say, "manager")
        open_area(page, say, "Identify", "Triage inbox")
        page.get_by_role("link", name=SAW, exact=True).click()
        page.locator("summary[data-key=a]").click()
        form = page.locator("[id^=decision-accept] form")
        form.locator("[name=category][value]").first.check()
        form.get_by_role("button", name=say("Accept as a risk")).click()
        page.get_by_text(say("The inbox is empty")).wait_for()
        open_risk(page, say, SAW)
        page.get_by_text(say("Filed by staff")).first.wait_for()

    do_owed("proposal.tell")  # what the worker does once nobody can undo it
    with visit(phone=True, java_script_enabled=script) as page:
        sign_in(page, say, "staff")
        page.get_by_role("link", name=say("File a risk")).first.click()
        page.get_by_role("link", name=say("What I filed before")).click()
        page.get_by_text(say("Accepted as %(code)s", code="R001")).wait_for()
        page.goto("/notices/")
        page.get_by_role("button").filter(has_text="R001").click()
