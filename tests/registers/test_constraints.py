"""What the database itself refuses, whoever asks; and the order that it computes."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from assessments.schemes.in_force import grid_in_force
from registers.models import ProposalMessage, Register, Risk, RiskCategory, RiskOrigin, ServiceLine
from registers.services import decline_proposal, file_proposal
from riskhub.audit.transitions import move
from tests.builders import make_risk


def refused(sql, parameters=()):
    """The name of the constraint, or of the empty column, that stood in the way."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        run(sql, parameters)
    fault = refusal.value.__cause__.diag
    return fault.constraint_name or fault.column_name


def run(sql, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("category_id = NULL", "category_id"),
        ("primary_source_id = NULL", "primary_source_id"),
        ("owner_department_id = NULL", "owner_department_id"),
        ("register_id = NULL", "register_id"),
        ("title = NULL", "title"),
        ("event = ''", "risk_event_not_blank"),
        ("number = 999", "risk_number_stays"),
        ("business_importance = 6", "risk_importance_1_to_5"),
        ("business_importance = 0", "risk_importance_1_to_5"),
        ("state = 'merged'", "risk_merged_has_survivor"),
        ("state = 'merged', merged_into_id = id", "risk_not_merged_into_itself"),
        ("state = 'closed'", "risk_closed_has_reason"),
    ],
)
def test_a_risk(risk, change, constraint):
    assert refused(f"UPDATE registers_risk SET {change} WHERE id = %s", [risk.pk]) == constraint


def test_a_code_of_a_register_is_given_once_however_it_is_written(register, ops):
    sql = """INSERT INTO registers_register (code, name_zh, name_en, department_id, description, state)
        SELECT 'svc', name_zh, name_en, department_id, description, state FROM registers_register"""
    assert refused(sql) == "register_code_once"


def test_an_open_risk_is_merged_into_nothing(risk, other_risk):
    sql = "UPDATE registers_risk SET merged_into_id = %s WHERE id = %s"
    assert refused(sql, [other_risk.pk, risk.pk]) == "risk_merged_has_survivor"


@pytest.mark.parametrize(
    ("number", "constraints"),
    [
        (0, {"risk_number_positive"}),
        (1, {"registers_risk_number_key", "registers_risk_code_key"}),
    ],
)
def test_a_number_is_positive_and_given_once(risk, number, constraints):
    copy = Risk.objects.get()
    copy.pk, copy.number = None, number
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        copy.save(force_insert=True)
    assert refusal.value.__cause__.diag.constraint_name in constraints


@pytest.mark.parametrize("column", ["code", "rank_key", "standing_priority", "search"])
def test_a_computed_column_is_not_typed(risk, column):
    with pytest.raises(Exception, match="can only be updated to DEFAULT"), transaction.atomic():
        run(f"UPDATE registers_risk SET {column} = NULL")


def test_there_are_three_categories(db):
    sql = "UPDATE registers_riskcategory SET code = 'other' WHERE code = 'technical'"
    assert refused(sql) == "risk_category_one_of_three"


def test_what_is_used_is_not_deleted(risk):
    for model in (Register, RiskCategory):
        with pytest.raises(Exception, match="protected"):
            model.objects.filter(risks=risk).delete()


def test_the_importance_of_a_line(db):
    line = ServiceLine.objects.first()
    sql = "UPDATE registers_serviceline SET importance = 6 WHERE id = %s"
    assert refused(sql, [line.pk]) == "service_line_importance_1_to_5"


def test_an_origin_counts_once(risk):
    RiskOrigin.objects.create(risk=risk, kind="library", ref_id="LIB-001")
    sql = (
        "INSERT INTO registers_riskorigin (risk_id, kind, ref_id, label, details, at) "
        "VALUES (%s, 'library', 'LIB-001', '', '{}', now())"
    )
    assert refused(sql, [risk.pk]) == "risk_origin_once"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("text = ''", "proposal_text_not_blank"),
        ("state = 'accepted'", "proposal_accepted_has_risk"),
        ("state = 'declined'", "proposal_declined_has_reason"),
        ("department_id = NULL", "department_id"),
    ],
)
def test_a_filing(staff_cleaning, clean, change, constraint):
    file_proposal(
        by=staff_cleaning, client_uuid="7d5d3c1e-0000-4000-8000-000000000001", text="漏",
        department=clean,
    )  # fmt: skip
    assert refused(f"UPDATE registers_riskproposal SET {change}") == constraint


def test_a_filing_that_was_decided_stays(staff_cleaning, risk_manager, clean):
    proposal, _new = file_proposal(
        by=staff_cleaning, client_uuid="7d5d3c1e-0000-4000-8000-000000000001", text="漏",
        department=clean,
    )  # fmt: skip
    with time_machine.travel(timezone.now() - timedelta(minutes=2)):
        decline_proposal(proposal, by=risk_manager, reason="重复")
    for change in ("text = 'x'", "decision_reason = 'x'", "state = 'submitted'"):
        assert refused(f"UPDATE registers_riskproposal SET {change}") == "proposal_frozen"


def test_a_decision_goes_back_within_the_minute_and_the_words_do_not(
    staff_cleaning, risk_manager, clean
):
    proposal, _new = file_proposal(
        by=staff_cleaning, client_uuid="7d5d3c1e-0000-4000-8000-000000000001", text="漏",
        department=clean,
    )  # fmt: skip
    decline_proposal(proposal, by=risk_manager, reason="重复")
    for change in ("decision_reason = 'x'", "state = 'submitted', text = 'x'"):
        assert refused(f"UPDATE registers_riskproposal SET {change}") == "proposal_frozen"
    move(proposal, "submitted", decided_by=None, decided_at=None, decision_reason="")
    assert proposal.state == "submitted"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("is_anonymous = true", "proposal_anonymous_has_no_submitter"),
        ("submitter_id = NULL", "proposal_anonymous_has_no_submitter"),
        ("is_anonymous = true, submitter_id = NULL", "proposal_anonymous_has_no_submitter"),
    ],
)
def test_only_a_near_miss_is_filed_without_a_name(staff_cleaning, clean, change, constraint):
    file_proposal(
        by=staff_cleaning, client_uuid="7d5d3c1e-0000-4000-8000-000000000001", text="漏",
        department=clean,
    )  # fmt: skip
    assert refused(f"UPDATE registers_riskproposal SET {change}") == constraint
    nameless = "is_anonymous = true, submitter_id = NULL, kinds = '{angry,near_miss}'"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE registers_riskproposal SET {nameless}")


def test_what_was_asked_and_answered_stays(staff_cleaning, risk_manager, clean):
    proposal, _new = file_proposal(
        by=staff_cleaning, client_uuid="7d5d3c1e-0000-4000-8000-000000000001", text="漏",
        department=clean,
    )  # fmt: skip
    ProposalMessage.objects.create(proposal=proposal, author=risk_manager, text="哪一户？")
    for sql in (
        "UPDATE registers_proposalmessage SET text = 'x'", "DELETE FROM registers_proposalmessage",
    ):  # fmt: skip
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_what_was_undone_is_closed(risk):
    sql = "UPDATE registers_risk SET is_undone = true WHERE id = %s"
    assert refused(sql, [risk.pk]) == "risk_undone_is_closed"


def test_a_filing_that_waits_has_no_risk(risk, staff_cleaning, clean):
    file_proposal(
        by=staff_cleaning, client_uuid="7d5d3c1e-0000-4000-8000-000000000001", text="漏",
        department=clean,
    )  # fmt: skip
    sql = "UPDATE registers_riskproposal SET risk_id = %s"
    assert refused(sql, [risk.pk]) == "proposal_accepted_has_risk"


@pytest.mark.usefixtures("judged_as_shown")
class TestOrder:
    """Spec 3.6: level, priority index, impact, velocity, oldest assessment, number; then the unrated."""

    @pytest.fixture
    def place(self, register, risk_manager):
        grid = grid_in_force()

        def make(cell=None, **fields):
            risk = make_risk(register, by=risk_manager)
            columns = {"velocity": "days"} | fields
            if cell:
                found = grid.cell(*cell)
                columns = {"assessed_on": date(2026, 1, 1)} | columns
                columns["standing_scheme"] = grid.scheme
                for kind in ("inherent", "residual"):
                    columns |= {f"{kind}_probability": cell[0], f"{kind}_impact": cell[1]}
                    columns[f"{kind}_level"] = found.level
            Risk.objects.filter(pk=risk.pk).update(**columns)
            return risk.pk

        return make

    def ranked(self):
        return list(Risk.objects.in_ranking().values_list("pk", flat=True))

    def test_each_key_in_turn(self, place):
        unrated_new = place(reported_on=date(2026, 5, 1))
        unrated_old = place(reported_on=date(2026, 4, 1))
        low = place((1, 1), business_importance=5)
        high = place((4, 3))
        critical = place((5, 5))
        weighty = place((4, 3), business_importance=5)
        harmful = place((3, 4))
        fast = place((4, 3), velocity="instant")
        slow = place((4, 3), velocity="weeks")
        stale = place((4, 3), assessed_on=date(2025, 1, 1))
        assert self.ranked() == [
            critical,
            weighty,
            harmful,
            fast,
            stale,
            high,
            slow,
            low,
            unrated_old,
            unrated_new,
        ]

    def test_the_number_settles_the_rest(self, place):
        same = [place((3, 3)) for _ in range(3)]
        assert self.ranked() == same

    def test_a_priority_index_and_no_index_of_the_unrated(self, place):
        place((4, 3), business_importance=5)
        place()
        found = Risk.objects.order_by("number").values_list("standing_priority", flat=True)
        assert list(found) == [8, None]

    def test_dates_far_apart(self, place):
        first = place(reported_on=date(1999, 12, 31))
        second = place(reported_on=date(2026, 1, 1) + timedelta(days=4000))
        assert self.ranked() == [first, second]
