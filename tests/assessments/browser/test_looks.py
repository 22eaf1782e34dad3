"""Each page in a real browser: no violation of access rules, no sideways scroll, a quiet console."""

from itertools import groupby

import pytest

from riskhub.accounts.models import User
from tests.builders import assess, make_risk
from tests.riskhub.web.browser import shot, violations, violations_left

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


IN_FLOWS = {"assess", "assess-waiting", "plan-list", "plan-withdraw", "waiting"}
"""Opened in the same state by the same role in tests/flows/test_every_page.py."""


@pytest.fixture
def pages(register, risk_manager, changed_plan, draft_plan, imported):
    """(who, name of the picture, address)."""
    assess(
        make_risk(register, by=risk_manager, title="高处作业坠落"), (5, 5), (2, 5), by=risk_manager
    )
    risk, other = changed_plan.risk.code, imported[0].risk.code
    action = changed_plan.actions.first().pk
    return [
        ("risk_manager", "assess", f"/risks/{risk}/assess/"),
        ("risk_manager", "assess-waiting", f"/risks/{other}/assess/"),
        ("risk_manager", "assessments", f"/risks/{other}/assessments/"),
        ("second_manager", "reject", f"/assessments/{imported[0].pk}/reject/"),
        ("risk_manager", "confirm", "/assessments/waiting/"),
        ("risk_manager", "plan-create", f"/risks/{other}/plan/new/"),
        ("risk_manager", "plan-edit", f"/plans/{changed_plan.code}/edit/"),
        ("staff_cleaning", "plan-edit-staff", f"/plans/{draft_plan.code}/edit/"),
        ("risk_manager", "plan-list", "/plans/"),
        ("risk_manager", "plan-detail", f"/plans/{changed_plan.code}/"),
        ("risk_manager", "plan-submit", f"/plans/{draft_plan.code}/submit/"),
        ("risk_manager", "plan-withdraw", f"/plans/{changed_plan.code}/withdraw/"),
        ("risk_manager", "response", f"/risks/{risk}/plan/"),
        ("risk_manager", "finish", f"/actions/{action}/finish/"),
        ("approver", "waiting", "/approvals/"),
        ("approver", "decide", f"/plans/{changed_plan.code}/decide/"),
    ]


@pytest.mark.parametrize(
    ("locale", "theme", "phone"),
    [("zh-hans", "light", False), ("en", "dark", True)],
    ids=["zh-desktop", "en-dark-phone"],
)
def test_looks(pages, locale, theme, phone, window, request):
    User.objects.update(locale=locale, theme=theme)
    found = []
    for who, theirs in groupby(sorted(pages), key=lambda one: one[0]):
        with window(User.objects.get(pk=request.getfixturevalue(who).pk), phone=phone) as page:
            for _who, name, url in theirs:
                assert page.goto(url).status == 200, name
                shot(page, f"{name}-{locale}-{theme}-{'phone' if phone else 'desktop'}")
                wrong = violations_left(page, phone=phone) if name in IN_FLOWS else violations(page)
                found += [f"{name}: {violation}" for violation in wrong]
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if wide > 0:
                    found.append(f"{name}: {wide} px too wide")
    assert found == []
