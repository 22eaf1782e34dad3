from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import override

from assessments import cards
from assessments.models import MatrixScheme
from assessments.plans.content import PlannedResource
from assessments.plans.due_times import waiting_of
from assessments.quarterly import activity
from assessments.quarterly.frame import Frame
from riskhub.accounts.models import User
from riskhub.accounts.services import assign_role
from riskhub.company.calendar import Quarter
from riskhub.company.preferences import company_zone
from riskhub.entry.day_words import day
from tests.builders import assess, make_plan


def test_how_long_a_plan_waits(high_risk, risk_manager, approver, time_machine):
    make_plan(high_risk, by=risk_manager, submitted=True)
    with override("en"):
        (row,) = cards.plans_waiting(approver).rows
        assert row.fact == f"due {day(timezone.localdate() + timedelta(days=10))}"
        time_machine.move_to(timezone.now() + timedelta(days=3))
        section = cards.plans_waiting(approver)
        (row,) = section.rows
        due = day(timezone.localdate() + timedelta(days=7))
        assert (row.fact, row.is_late, section.late) == (f"due {due}", False, 0)
        time_machine.move_to(timezone.now() + timedelta(days=30))
        section = cards.plans_waiting(approver)
        assert (section.rows[0].is_late, section.late) == (True, 1)


def test_the_days_are_those_of_the_report(high_risk, risk_manager, approver, time_machine):
    """Calendar days: due on the tenth, late from the eleventh, at whatever hour it was submitted."""
    submitted_at = datetime(2026, 11, 24, 14, 2, tzinfo=company_zone())
    time_machine.move_to(submitted_at)
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    for after, fact, late in (
        (timedelta(hours=9, minutes=57), "due 4 Dec", 0),
        (timedelta(hours=9, minutes=58), "due 4 Dec", 0),
        (timedelta(days=10, hours=9, minutes=57), "due 4 Dec", 0),
        (timedelta(days=10, hours=9, minutes=58), "1 day late", 1),
    ):
        now = submitted_at + after
        time_machine.move_to(now)
        with override("en"):
            section = cards.plans_waiting(approver)
        assert (section.rows[0].fact, section.rows[0].is_late, section.late) == (
            fact, bool(late), late,
        )  # fmt: skip
        frame = Frame(Quarter.of(now.date()), now, company_zone())
        (printed,) = activity.plans_waiting(frame)
        assert (printed["waiting_days"], printed["due_on"]) == (
            waiting_of(plan).days, waiting_of(plan).due_on.isoformat(),
        )  # fmt: skip


def test_what_waits_says_how_high_it_stands_and_what_it_costs(high_risk, risk_manager, approver):
    rows = (PlannedResource("r1", "money", "培训", "42000"),)
    make_plan(high_risk, by=risk_manager, submitted=True, resources=rows)
    (row,) = cards.plans_waiting(approver).rows
    assert row.meta[-2:] == ["高", "4.2 万元"]


def test_ones_own_plan_is_read_and_not_decided_on(high_risk, risk_manager, approver):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    assign_role(risk_manager, by=None, role="approver")
    for user, action in ((risk_manager, ""), (approver, "Decide")):
        with override("en"):
            (row,) = cards.plans_waiting(User.objects.get(pk=user.pk)).rows
            assert (row.url, str(row.action)) == (f"/plans/{plan.code}/decide/", action)
            assert (row.fact == "Another person decides") is (user == risk_manager)


def test_nothing_to_decide_is_no_section(approver):
    assert cards.plans_waiting(approver) is None
    assert cards.assessments_waiting(approver) is None


def test_nobody_confirms_their_own(risk, risk_manager, second_manager):
    assess(risk, (5, 3), (4, 3), by=risk_manager)
    assert cards.assessments_waiting(risk_manager) is None
    (others,) = cards.assessments_waiting(second_manager).rows
    assert others.action


def test_without_a_matrix_or_a_rated_risk_there_is_no_map(risk, high_risk, risk_manager):
    assert cards.heat_map_side(risk_manager) is not None
    MatrixScheme.objects.update(state="retired")
    assert cards.heat_map_side(risk_manager) is None


def test_no_map_of_nothing(risk, risk_manager):
    assert cards.heat_map_side(risk_manager) is None
