"""A risk that is high on both axes, from the judgement to the approved plan, and one word too many."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.utils import timezone

from registers.services import create_register
from riskhub.accounts.models import Department
from tests.builders import make_risk
from tests.contingency import make_contingency
from tests.flows.facts import ask
from tests.flows.people import hire, sign_in
from tests.flows.plans import submit_plan
from tests.flows.risks import assess, confirm_one, fill, open_risk
from tests.flows.words import words_in
from tests.riskhub.web.browser import settle, shot

pytestmark = pytest.mark.browser

FALL, SPECIAL = "高处作业坠落", "即日起停止六米以上外墙作业"
FIRST, SECOND, LATER = "一年内降到高", "半年内降到中", "半年内降到中或低"
GRANTS = """
    SELECT version.number, line.what, line.amount::int, line.granted::int, line.granted_note
    FROM assessments_resourceline AS line
    JOIN assessments_planversion AS version ON version.id = line.version_id ORDER BY line."order"
"""
APPROVALS = """
    SELECT version.number, approval.decision, approval.content_hash, version.content
    FROM assessments_approval AS approval
    JOIN assessments_planversion AS version ON version.id = approval.version_id ORDER BY approval.id
"""
SHOWN = """
    SELECT plan.state, head.number, version.number, risk.plan_state, version.special_measures,
           sponsor.username
    FROM assessments_responseplan AS plan
    JOIN assessments_planversion AS head ON head.id = plan.head_id
    JOIN registers_risk AS risk ON risk.id = plan.risk_id
    LEFT JOIN assessments_planversion AS version ON version.id = plan.in_force_id
    LEFT JOIN accounts_user AS sponsor ON sponsor.id = version.sponsor_id
"""
RESOURCES = [
    {"kind": "money", "what": "安全带与锚点", "amount": "60000"},
    {"kind": "people", "what": "专职安全员", "amount": "2", "unit": "人"},
]


@pytest.mark.parametrize("locale", ["zh-hans", "en"])
def test_high_high(stack, visit, locale):
    say, people, emergency = prepared(locale)
    with visit() as page:
        sign_in(page, say, "manager")
        open_risk(page, say, FALL)
        assess(page, say, inherent=(4, 4), residual=(4, 4), reason="近三年四起坠落，两人重伤")
    with visit() as page:
        sign_in(page, say, "second")
        confirm_one(page, say, FALL)
    with visit() as page:
        sign_in(page, say, "manager")
        write_special_plan(page, say, people, emergency)
        submit_plan(page, say)
    with visit() as page:
        sign_in(page, say, "approver")
        ask_for_changes(page, say, "目标太远，人手也要写上")
    with visit() as page:
        sign_in(page, say, "manager")
        change_plan(page, say, objective=SECOND, resource=RESOURCES[1])
        submit_plan(page, say, number=2)
    with visit() as page:
        sign_in(page, say, "approver")
        read_difference(page, say)
    with visit(phone=True) as page:
        sign_in(page, say, "approver")
        grant_in_part(page, say)
    check_what_was_approved()
    with visit() as page:
        sign_in(page, say, "manager")
        change_plan(page, say, objective=LATER, goes_on=False)
        see_it_gone(page, say)


def prepared(locale):
    """The risk is in the register, and what is done in an emergency is in force."""
    people, department = hire(locale), Department.objects.get(code="OPS")
    manager = people["manager"]
    register = create_register(
        by=manager, code="SVC", name_zh="服务风险登记表", name_en="Service", department=department
    )
    make_risk(register, by=manager, title=FALL)
    emergency = make_contingency(department, by=manager, name_zh="人身伤害预案")
    return words_in(locale), people, emergency


def write_special_plan(page, say, people, emergency):
    """What the level asks for is missing at first: the form and the list beside it say so."""
    open_risk(page, say, FALL)
    page.locator(".rh-head .btn", has_text=say("Write a plan")).click()
    page.locator("[name=strategy][value=mitigate]").check()
    fill(page, "objective", FIRST)
    fill(page, "action-0-title", "外墙作业全程系双钩")
    fill(page, "action-0-owner", str(people["manager"].pk))
    fill(page, "action-0-due_on", (timezone.localdate() + timedelta(days=60)).isoformat())
    fill_resource(page, 0, RESOURCES[0])
    page.get_by_role("button", name=say("Check and submit")).click()
    missing = say("Name who in management stands for these measures.")
    page.locator("#plan-form .rh-error", has_text=missing).wait_for()
    page.locator("#plan-checklist:not([aria-busy=true])", has_text=missing).wait_for()
    fill(page, "special_measures", SPECIAL)
    fill(page, "sponsor", str(people["approver"].pk))
    fill(page, "contingency", str(emergency.pk))
    go_on(page, say)


def fill_resource(page, number, facts):
    if not page.locator(f"[name=resource-{number}-what]").count():
        page.locator("#add-resource").click()
        page.locator(f"[name=resource-{number}-what]").wait_for()
    for name, value in facts.items():
        fill(page, f"resource-{number}-{name}", value)


def go_on(page, say):
    settle(page)
    page.get_by_role("button", name=say("Check and submit")).click()
    page.wait_for_url(re.compile(r"/submit/$"))


def change_plan(page, say, *, objective, resource=None, goes_on=True):
    page.goto("/plans/RP-001/edit/")
    fill(page, "objective", objective)
    if resource:
        fill_resource(page, 1, resource)
    if goes_on:
        go_on(page, say)
        return
    settle(page)
    page.get_by_role("button", name=say("Keep as draft")).last.click()
    page.wait_for_url(re.compile(r"/plans/RP-001/$"))


def ask_for_changes(page, say, comment):
    page.get_by_role("link", name=FALL, exact=True).first.click()
    page.get_by_label(say("Comment")).fill(comment)
    page.get_by_role("button", name=say("Ask for changes")).click()
    page.wait_for_url(re.compile(r"/approvals/$"))


def read_difference(page, say):
    """Words that were added and taken away, and the row that is new."""
    page.get_by_role("link", name=FALL, exact=True).first.click()
    page.wait_for_url(re.compile(r"/decide/$"))
    heading = say("Compared with version %(number)s; nothing was approved yet", number=1)
    page.get_by_role("heading", name=heading).wait_for()
    difference = page.locator(".rh-diff").first
    assert "半" in difference.locator("ins").first.inner_text()
    assert "一" in difference.locator("del").first.inner_text()
    assert "专职安全员" in difference.inner_text()
    shot(page, f"high-high-difference-{say.locale}")


def grant_in_part(page, say):
    """From the home page: all of the money, one person of two. A critical risk asks for a sentence."""
    page.get_by_role("link", name=FALL, exact=True).first.click()
    page.locator("[name^=granted-]").nth(1).fill("1")
    page.locator(".rh-grant-note summary").nth(1).click()
    page.locator("[name^=note-]").nth(1).fill("先配一人，三个月后再看")
    page.get_by_label(say("Comment")).fill("同意，先停高空作业")
    shot(page, f"high-high-decision-{say.locale}")
    page.get_by_role("button", name=say("Approve version %(number)s", number=2)).click()
    page.wait_for_url(re.compile(r"/approvals/$"))


def check_what_was_approved():
    first, second = ask(APPROVALS)
    assert [(one[0], one[1]) for one in (first, second)] == [(1, "changes"), (2, "approved")]
    assert second[2] == sha256(second[3].encode()).hexdigest()
    assert ask(GRANTS) == [
        (2, "安全带与锚点", 60000, 60000, ""),
        (2, "专职安全员", 2, 1, "先配一人，三个月后再看"),
    ]
    assert ask(SHOWN) == [("approved", 2, 2, "approved", SPECIAL, "approver")]


def see_it_gone(page, say):
    """The page says which version is not approved, and under which one the work goes on."""
    gone = "Version %(new)s is not approved. Work goes on under version %(number)s."
    page.get_by_text(say(gone, new=3, number=2)).wait_for()
    page.get_by_text(say("Version %(number)s, in force", number=2)).wait_for()
    shot(page, f"high-high-gone-{say.locale}")
    ((state, head, in_force, shown, _special, _sponsor),) = ask(SHOWN)
    assert (state, head, in_force, shown) == ("draft", 3, 2, "draft")
    assert len(ask(APPROVALS)) == 2
