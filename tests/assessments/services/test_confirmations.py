import pytest
from django.core.exceptions import ValidationError

from assessments.models import Assessment
from assessments.services import (
    CannotConfirm,
    Imported,
    Scores,
    confirm_assessment,
    confirm_assessments,
    record_assessments,
    reject_assessment,
    reject_assessments,
)
from assessments.services.confirmations import confirm_all
from riskhub.audit.models import AuditEvent
from riskhub.audit.transitions import WrongState
from riskhub.notices.models import Notice
from tests.assessments.events import actions_of, events_of
from tests.builders import assess, make_risk
from tests.cast import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(risk, risk_manager):
    return assess(risk, (5, 5), (4, 3), by=risk_manager, target=(2, 3))


def import_high(register, by, count):
    risks = [make_risk(register, by=by, title=f"风险 {n}") for n in range(count)]
    rows = [Imported(risk, Scores((5, 5), (4, 3)), False, "导入") for risk in risks]
    return record_assessments(rows, by=by)


def test_another_person_confirms_and_the_risk_shows_it(waiting, risk, second_manager):
    assert confirm_assessment(waiting, by=second_manager) is waiting
    assert (waiting.state, waiting.confirmed_by) == ("confirmed", second_manager)
    assert waiting.confirmed_at is not None
    risk.refresh_from_db()
    assert (risk.state, risk.inherent_level, risk.residual_level, risk.target_level) == (
        "assessed", 3, 2, 1,
    )  # fmt: skip
    (event,) = events_of(waiting, action="assessment.confirmed")
    assert (event["actor_name"], event["before"]["state"], event["after"]["state"]) == (
        "李强", "submitted", "confirmed",
    )  # fmt: skip
    assert event["after"]["row_version"] == waiting.row_version == 2


def test_the_former_one_is_superseded(waiting, risk, risk_manager, second_manager):
    confirm_assessment(waiting, by=second_manager)
    later = assess(risk, (5, 5), (5, 5), by=risk_manager, confirmed_by=second_manager)
    waiting.refresh_from_db()
    assert (waiting.state, later.state) == ("superseded", "confirmed")
    risk.refresh_from_db()
    assert risk.level_word == "critical"


def test_nobody_confirms_their_own(waiting, risk_manager):
    with pytest.raises(CannotConfirm):
        confirm_assessment(waiting, by=risk_manager)
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_only_the_right_role_for_the_department_confirms(waiting, head_cleaning, auditor, tech):
    elsewhere = make_user("approver.tech", "别处", "approver", tech)
    for person in (head_cleaning, auditor, elsewhere):
        with pytest.raises(CannotConfirm):
            confirm_assessment(waiting, by=person)


def test_a_second_decision_comes_too_late(waiting, second_manager, approver):
    stale = Assessment.objects.get(pk=waiting.pk)
    confirm_assessment(waiting, by=second_manager)
    with pytest.raises(WrongState):
        confirm_assessment(stale, by=approver)
    with pytest.raises(WrongState):
        reject_assessment(stale, by=approver, reason="重新评")


def test_sent_back_with_a_reason(waiting, risk, risk_manager, second_manager):
    reject_assessment(waiting, by=second_manager, reason=" 缺少依据 ")
    assert (waiting.state, waiting.rejected_reason) == ("rejected", "缺少依据")
    risk.refresh_from_db()
    assert (risk.state, risk.residual_level) == ("identified", None)
    assert actions_of(waiting) == ["assessment.submitted", "assessment.rejected"]
    assert events_of(waiting)[-1]["reason"].strip() == "缺少依据"
    notice = Notice.objects.get(kind="assessment_rejected")
    assert (notice.user, notice.params) == (
        risk_manager,
        {"risk": risk.code, "reason": "缺少依据"},
    )
    assert assess(risk, (1, 1), (1, 1), by=risk_manager).state == "confirmed"


def test_sending_back_needs_words(waiting, second_manager):
    with pytest.raises(ValidationError):
        reject_assessment(waiting, by=second_manager, reason=" ")
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_the_assessor_takes_their_own_back_and_hears_nothing(waiting, risk_manager):
    reject_assessment(waiting, by=risk_manager, reason="选错了")
    assert waiting.state == "rejected"
    assert not Notice.objects.filter(kind="assessment_rejected").exists()


def test_others_do_not_send_back(waiting, head_cleaning):
    with pytest.raises(CannotConfirm):
        reject_assessment(waiting, by=head_cleaning, reason="重新评")


def test_many_at_once_each_refusal_named(register, risk, risk_manager, second_manager, head_repair):
    theirs = import_high(register, risk_manager, 3)
    own = assess(risk, (5, 5), (5, 5), by=second_manager)
    confirm_assessment(Assessment.objects.get(pk=theirs[2].pk), by=second_manager)
    outcome = confirm_assessments([*theirs, own], by=second_manager)
    assert [a.pk for a in outcome.done] == [theirs[0].pk, theirs[1].pk]
    assert [a.pk for a, _why in outcome.refused] == [theirs[2].pk, own.pk]
    late, mine = (why for _a, why in outcome.refused)
    assert late != mine
    states = {a.pk: a.state for a in Assessment.objects.all()}
    assert states == {
        theirs[0].pk: "confirmed", theirs[1].pk: "confirmed", theirs[2].pk: "confirmed",
        own.pk: "submitted",
    }  # fmt: skip
    for assessment in theirs[:2]:
        assessment.risk.refresh_from_db()
        assert (assessment.risk.state, assessment.risk.residual_level) == ("assessed", 2)
        (event,) = events_of(assessment.risk, action="risk.assessed")
        assert event["actor_name"] == "李强"


def test_many_of_another_department_are_refused(register, risk_manager, tech):
    elsewhere = make_user("approver.tech", "别处", "approver", tech)
    outcome = confirm_assessments(import_high(register, risk_manager, 2), by=elsewhere)
    assert (outcome.done, len(outcome.refused)) == ([], 2)


def queries_for(register, risk_manager, approver, count, assert_num):
    made = import_high(register, risk_manager, count)
    with assert_num(22):
        confirm_assessments(made, by=approver)


@pytest.mark.parametrize("count", [1, 40])
def test_confirming_many_costs_the_same_queries(
    register, risk_manager, approver, count, django_assert_num_queries
):
    approver.roles  # noqa: B018 - read once per request
    queries_for(register, risk_manager, approver, count, django_assert_num_queries)


def test_many_sent_back_with_one_reason(
    register, risk, risk_manager, second_manager, head_cleaning
):
    theirs = import_high(register, risk_manager, 7)
    by_head = assess(risk, (5, 5), (5, 5), by=head_cleaning)
    outcome = reject_assessments([*theirs, by_head], by=second_manager, reason="先核对分数")
    assert (len(outcome.done), outcome.refused) == (8, [])
    notices = {n.user_id: n.params for n in Notice.objects.filter(kind="assessment_rejected")}
    codes = [a.risk.code for a in theirs]
    assert notices == {
        risk_manager.pk: {"risk": " ".join([*codes[:5], "+2"]), "reason": "先核对分数"},
        head_cleaning.pk: {"risk": risk.code, "reason": "先核对分数"},
    }
    late = reject_assessments(theirs, by=second_manager, reason="再次")
    assert (late.done, len(late.refused)) == ([], 7)


def test_sending_back_imports_of_the_system_tells_nobody(risk, second_manager):
    rows = [Imported(risk, Scores((5, 5), (5, 5)), False, "导入")]
    reject_assessments(record_assessments(rows, by=None), by=second_manager, reason="先核对")
    assert not Notice.objects.filter(kind="assessment_rejected").exists()


def test_confirming_none_writes_nothing(risk_manager):
    before = AuditEvent.objects.count()
    confirm_all([], by=risk_manager)
    assert confirm_assessments([], by=risk_manager).done == []
    assert AuditEvent.objects.count() == before
