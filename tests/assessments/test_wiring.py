"""What keeps a risk from being closed, and where the pages stand in the navigation."""

import pytest
from django.utils.translation import override

from assessments.models import Action
from assessments.services import submit_plan
from assessments.waiting import assessments_to_confirm, plans_to_decide
from registers.closing import closing_blockers
from tests.assessments.services.test_plans import approve
from tests.builders import assess, make_plan, make_risk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def test_a_small_risk_may_be_closed(low_risk):
    assert closing_blockers(low_risk) == []


def test_a_critical_risk_stays_open(risk, risk_manager, approver):
    assess(risk, (5, 5), (5, 5), by=risk_manager, confirmed_by=approver)
    assert closing_blockers(risk) == [
        "Its level is Critical. Lower it and have the assessment confirmed first."
    ]


def test_so_does_one_with_a_waiting_assessment(low_risk, risk_manager):
    assess(low_risk, (5, 5), (4, 3), by=risk_manager)
    assert closing_blockers(low_risk) == [
        "An assessment waits for confirmation. Confirm it or send it back."
    ]


def test_so_does_one_with_a_waiting_plan_or_open_actions(high_risk, risk_manager, approver):
    plan = make_plan(high_risk, by=risk_manager)
    assert closing_blockers(high_risk) == []
    plan = submit_plan(plan, by=risk_manager)
    assert closing_blockers(high_risk) == ["RP-001 waits for a decision."]
    approve(plan, approver)
    assert closing_blockers(high_risk) == [
        "RP-001 has 1 open action. Finish it or withdraw the plan."
    ]
    Action.objects.create(
        plan=plan, key="b", title="二", owner=risk_manager, due_on="2026-12-01",
        department=high_risk.owner_department,
    )  # fmt: skip
    assert closing_blockers(high_risk) == [
        "RP-001 has 2 open actions. Finish them or withdraw the plan."
    ]


def test_what_waits_is_counted_once_per_person(
    register, high_risk, risk_manager, approver, django_assert_num_queries
):
    make_plan(high_risk, by=risk_manager, submitted=True)
    for title in ("甲", "乙"):
        assess(make_risk(register, by=risk_manager, title=title), (5, 5), (5, 5), by=risk_manager)
    approver.roles  # noqa: B018 - read once per request
    with django_assert_num_queries(2):
        for _time in range(2):
            assert (plans_to_decide(approver), assessments_to_confirm(approver)) == (1, 2)
    assert assessments_to_confirm(risk_manager) == 0


@pytest.mark.parametrize(
    ("url", "current"),
    [
        ("/risks/R001/assess/", "/risks/"),
        ("/risks/R001/assessments/", "/risks/"),
        ("/risks/R001/plan/", "/risks/"),
        ("/risks/R001/plan/new/", "/risks/"),
        ("/plans/", "/plans/"),
        ("/assessments/waiting/", "/assessments/waiting/"),
    ],
)
def test_each_page_stands_below_its_entry(high_risk, risk_manager, sign_in, url, current):
    page = sign_in(risk_manager).get(url).text
    side = page[page.index('<nav class="rh-side"') : page.index("</nav>")]
    links = [
        part for part in side.split("<a ") if "rh-side-sub" not in part and "aria-current" in part
    ]
    assert any(f'href="{current}"' in link for link in links)
