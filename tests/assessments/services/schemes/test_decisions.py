"""Handed in, decided, in force: by another person, for exactly the text that was read."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import (
    AppetiteRule,
    Band,
    ImpactAnchor,
    MatrixLevel,
    MatrixScheme,
    ReassessmentTask,
)
from assessments.schemes.in_force import demand_of, grid_in_force, scheme_in_force
from assessments.schemes.rows import content_of
from assessments.services import confirm_assessment, confirm_assessments, decide_plan
from assessments.services.schemes import (
    CannotDecideScheme,
    SchemeIncomplete,
    decide_scheme,
    recall_scheme,
    save_scheme,
    submit_scheme,
)
from registers.models import Risk
from riskhub.accounts.services import assign_role
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.notices.models import Notice
from tests.assessments.events import events_of
from tests.assessments.matrices import cautious, changed, draft, in_force, submitted
from tests.builders import assess, make_plan, make_risk

pytestmark = pytest.mark.django_db


def decide(scheme, by, decision="approved", comment="", **fields):
    scheme.refresh_from_db()
    return decide_scheme(
        scheme, by=by, decision=decision, comment=comment,
        content_hash=fields.get("content_hash", scheme.content_hash),
    )  # fmt: skip


def test_handing_in_tells_management_and_keeps_what_the_checks_said(risk_manager, approver):
    scheme = submitted(by=risk_manager)
    assert (scheme.state, scheme.submitted_by) == ("submitted", risk_manager)
    assert scheme.check_result == []
    (told,) = Notice.objects.filter(kind="scheme_waiting")
    assert (told.user, told.url) == (approver, "/settings/matrix/2/decide/")
    assert events_of(scheme)[-1]["action"] == "scheme.submitted"


def test_a_map_with_an_error_is_not_handed_in(risk_manager):
    scheme = draft(by=risk_manager, content=changed(c33=0))
    with pytest.raises(SchemeIncomplete) as refusal:
        submit_scheme(scheme, by=risk_manager, version=1)
    assert len(refusal.value.faults) >= 2
    assert MatrixScheme.objects.get(pk=2).state == "draft"


def test_an_approval_puts_it_in_force_with_all_its_rows(risk_manager, approver):
    scheme = in_force(by=risk_manager, approver=approver)
    former = MatrixScheme.objects.get(pk=1)
    assert (scheme.state, former.state) == ("in_force", "retired")
    assert scheme.approved_by == approver
    assert scheme.in_force_from
    assert dict(grid_in_force().levels) == cautious().cells
    for model, count in ((Band, 10), (MatrixLevel, 4), (ImpactAnchor, 20), (AppetiteRule, 7)):
        assert model.objects.filter(scheme=2).count() == count
        assert model.objects.filter(scheme=1).count() >= count
    assert demand_of(2, 3, None) == demand_of(1, 3, None)
    (told,) = Notice.objects.filter(kind="scheme_approved")
    assert told.user == risk_manager
    assert events_of(scheme)[-1]["action"] == "scheme.approved"
    assert events_of(former)[-1]["action"] == "scheme.approved"


def test_risks_read_their_level_anew_and_judgements_stay(
    register, risk_manager, second_manager, approver
):
    """In the cautious matrix (2,3) is Medium as before, and (2,2) is no longer Low."""
    moved, still = (make_risk(register, by=risk_manager, title=name) for name in ("甲", "乙"))
    unrated = make_risk(register, by=risk_manager, title="丙")
    low = assess(moved, (3, 3), (2, 2), by=risk_manager, target=(1, 2))
    assess(still, (2, 3), (2, 3), by=risk_manager)
    in_force(by=risk_manager, approver=approver)
    for risk in (moved, still, unrated):
        risk.refresh_from_db()
    assert (moved.standing_scheme, moved.residual_level, moved.target_level) == (2, 1, 0)
    assert (moved.residual_probability, moved.residual_impact) == (2, 2)
    assert (still.standing_scheme, still.residual_level) == (1, 1)
    assert "risk.level_reread" not in [event["action"] for event in events_of(still)]
    assert (unrated.standing_scheme, unrated.residual_level) == (None, None)
    low.refresh_from_db()
    assert (low.scheme_id, low.residual_level, low.state) == (1, 0, "confirmed")
    (task,) = ReassessmentTask.objects.all()
    assert (task.risk, task.reason, task.ref) == (moved, "scheme", "scheme:2")
    assert (task.label_en, task.label_zh) == ("Confirm under matrix M2", "按矩阵 M2 确认")
    assert task.due_on > timezone.localdate()
    assert events_of(moved)[-1]["action"] == "risk.level_reread"


def test_a_closed_risk_reads_its_level_and_is_not_asked_about(register, risk_manager, approver):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    Risk.objects.filter(pk=risk.pk).update(state="closed", closed_reason="不再")
    in_force(by=risk_manager, approver=approver)
    risk.refresh_from_db()
    assert (risk.standing_scheme, risk.residual_level) == (2, 1)
    assert not ReassessmentTask.objects.exists()


def test_a_new_judgement_answers_the_task(register, risk_manager, approver):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    in_force(by=risk_manager, approver=approver)
    made = assess(risk, (2, 2), (2, 2), by=risk_manager)
    assert (made.scheme_id, made.residual_level) == (2, 1)
    assert ReassessmentTask.objects.get().state == "done"


def test_what_waited_for_confirmation_is_confirmed_under_the_new_matrix(
    register, risk_manager, second_manager, approver
):
    risk = make_risk(register, by=risk_manager)
    waiting = assess(risk, (5, 5), (2, 2), by=risk_manager)
    in_force(by=risk_manager, approver=approver)
    confirm_assessment(waiting, by=second_manager)
    risk.refresh_from_db()
    assert (waiting.scheme_id, waiting.residual_level) == (1, 0)
    assert (risk.standing_scheme, risk.residual_level) == (2, 1)


def test_whoever_answers_for_it_is_asked_to_confirm_what_it_reads_as(
    register, risk_manager, second_manager, approver
):
    """Of three that waited: (2,2) moved and is asked about as if it had been confirmed before."""
    risks = [make_risk(register, by=risk_manager, title=name) for name in ("甲", "乙", "丙")]
    scores = [(2, 2), (2, 3), (2, 2)]
    waiting = [
        assess(risk, (5, 5), residual, by=risk_manager)
        for risk, residual in zip(risks, scores, strict=True)
    ]
    in_force(by=risk_manager, approver=approver)
    assert not ReassessmentTask.objects.exists()
    for one in waiting[:2]:
        confirm_assessment(one, by=second_manager)
    (task,) = ReassessmentTask.objects.all()
    assert (task.risk, task.reason, task.ref, task.state) == (
        risks[0], "scheme", "scheme:2", "open",
    )  # fmt: skip
    assert (task.label_en, task.label_zh) == ("Confirm under matrix M2", "按矩阵 M2 确认")
    assert events_of(task)[-1]["actor_name"] == str(second_manager)
    again = assess(risks[0], (2, 2), (2, 2), by=risk_manager)
    task.refresh_from_db()
    assert (task.state, task.assessment) == ("done", again)


def test_as_many_queries_for_one_that_moved_as_for_three(
    register, risk_manager, second_manager, approver
):
    def waits(count, start):
        risks = [
            make_risk(register, by=risk_manager, title=f"风险{start + n}") for n in range(count)
        ]
        return [assess(risk, (5, 5), (2, 2), by=risk_manager) for risk in risks]

    one, three, first = waits(1, 0), waits(3, 1), waits(1, 4)
    in_force(by=risk_manager, approver=approver)
    confirm_assessments(first, by=second_manager)
    with CaptureQueriesContext(connection) as few:
        confirm_assessments(one, by=second_manager)
    with CaptureQueriesContext(connection) as many:
        confirm_assessments(three, by=second_manager)
    assert len(many) == len(few)
    assert ReassessmentTask.objects.filter(reason="scheme").count() == 5


def test_plans_go_on_under_two_matrices(register, risk_manager, second_manager, approver):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
    plan = make_plan(risk, by=risk_manager, submitted=True, target=(2, 2))
    in_force(by=risk_manager, approver=approver)
    decide_plan(plan, by=approver, decision="approved", content_hash=plan.head.content_hash)
    risk.refresh_from_db()
    plan.refresh_from_db()
    assert (plan.head.scheme_id, plan.head.target_level) == (1, 0)
    assert (risk.target_probability, risk.target_level) == (2, 1)
    other = make_risk(register, by=risk_manager, title="乙")
    assess(other, (2, 2), (2, 2), by=risk_manager)
    later = make_plan(other, by=risk_manager, submitted=True)
    assert later.head.scheme_id == 2


def test_a_plan_for_a_judgement_under_the_former_matrix(
    register, risk_manager, second_manager, approver
):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
    in_force(by=risk_manager, approver=approver)
    risk.refresh_from_db()
    plan = make_plan(risk, by=risk_manager, submitted=True, target=(2, 2))
    assert (plan.head.scheme_id, plan.head.residual_level) == (2, risk.residual_level)


def test_changes_are_asked_for_with_a_reason(risk_manager, approver):
    scheme = submitted(by=risk_manager)
    with pytest.raises(ValidationError):
        decide(scheme, approver, "changes", " ")
    decide(scheme, approver, "changes", "(2,2) 太严")
    scheme.refresh_from_db()
    assert scheme.state == "changes_requested"
    (told,) = Notice.objects.filter(kind="scheme_changes")
    assert told.user == risk_manager
    kept = save_scheme(scheme, by=risk_manager, content=changed(c11=0), version=None)
    assert kept.state == "draft"
    again = submit_scheme(kept, by=risk_manager, version=None)
    assert again.state == "submitted"


def test_nobody_decides_on_their_own(risk_manager, second_manager, approver):
    scheme = draft(by=risk_manager)
    assign_role(approver, by=None, role="risk_manager", department=None)
    approver = type(approver).objects.get(pk=approver.pk)
    save_scheme(scheme, by=approver, content=changed(c11=0), version=None)
    scheme = submit_scheme(scheme, by=second_manager, version=None)
    for person in (approver, risk_manager, second_manager):
        with pytest.raises(CannotDecideScheme):
            decide(scheme, person)
    assert scheme_in_force().number == 1


def test_another_text_is_not_approved(risk_manager, approver):
    scheme = submitted(by=risk_manager)
    shown = scheme.content_hash
    recall_scheme(scheme, by=risk_manager, version=None)
    save_scheme(scheme, by=risk_manager, content=changed(c11=0), version=None)
    submit_scheme(scheme, by=risk_manager, version=None)
    with pytest.raises(StaleVersion):
        decide(scheme, approver, content_hash=shown)
    assert scheme_in_force().number == 1


def test_decided_once(risk_manager, approver):
    scheme = in_force(by=risk_manager, approver=approver)
    with pytest.raises(WrongState):
        decide(scheme, approver)
    assert scheme.decisions.count() == 1


def test_the_queries_do_not_grow_with_the_risks(register, risk_manager, approver):
    def once(title):
        risk = make_risk(register, by=risk_manager, title=title)
        assess(risk, (2, 2), (2, 2), by=risk_manager)

    def queries(content):
        scheme = submitted(by=risk_manager, content=content)
        with CaptureQueriesContext(connection) as made:
            decide(scheme, approver)
        return len(made)

    once("甲")
    in_force(by=risk_manager, approver=approver)
    one = queries(changed(c22=0, c13=0, c31=0))
    for number in range(3):
        once(f"另{number}")
    assert queries(cautious()) == one
    assert ReassessmentTask.objects.count() == 4


def test_the_same_matrix_again_asks_nobody(register, risk_manager, approver):
    risk = make_risk(register, by=risk_manager)
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    scheme = in_force(by=risk_manager, approver=approver, content=content_of(scheme_in_force()))
    assert not ReassessmentTask.objects.exists()
    assert content_of(scheme) == content_of(MatrixScheme.objects.get(pk=1))


def test_only_management_decides(risk_manager, head_cleaning):
    scheme = submitted(by=risk_manager)
    with pytest.raises(CannotDecideScheme):
        decide(scheme, head_cleaning)
    assert not scheme.decisions.exists()


def test_a_decision_is_known_by_its_matrix(risk_manager, approver):
    scheme = submitted(by=risk_manager)
    decide(scheme, approver)
    assert str(scheme.decisions.get()) == str(scheme)
