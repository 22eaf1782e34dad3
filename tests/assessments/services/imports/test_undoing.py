"""An import is taken back whole or not at all.

Each step is a transaction of its own here, as in the product: by that what came later is told apart.
"""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Assessment
from assessments.services.assessments import Scores, record_assessment
from assessments.services.confirmations import confirm_assessment
from assessments.services.imports import (
    CannotImport,
    start_import,
    touched_since,
    undo_import,
)
from registers.models import Risk
from registers.services import close_risk, edit_risk
from riskhub.accounts.models import Department
from riskhub.audit.transitions import WrongState
from riskhub.imports.models import ImportRun
from riskhub.notices.models import Notice
from tests.assessments.events import actions_of, events_of
from tests.assessments.refusals import Refusal, sql
from tests.assessments.undone import WRONG, imported, standing
from tests.assessments.uploads import NUMBERS, answered, uploaded
from tests.builders import make_risk
from tests.cast import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(register, risk_manager):
    return imported(risk_manager)


def test_every_risk_that_it_made_is_taken_back_and_no_other(run, register, risk_manager):
    other = make_risk(register, by=risk_manager, title="别的")
    assert [risk.code for risk in undo_import(run, by=risk_manager, reason=f" {WRONG} ")] == [
        "R001", "R002", "R003",
    ]  # fmt: skip
    assert standing() == [
        ("R001", "Gas leak in a home", "closed", True),
        ("R002", "Slips on wet floors", "closed", True),
        ("R003", "Late arrival", "closed", True),
        (other.code, "别的", "identified", False),
    ]
    assert (
        Risk.objects.get(number=1).closed_reason == "The import of risks.csv was undone: wrong file"
    )
    assert Risk.objects.counted().count() == Risk.objects.open().count() == 1
    assert (run.state, run.undone_by, run.undone_reason) == ("undone", risk_manager, WRONG)
    assert run.undone_at is not None


def test_what_waits_for_another_person_waits_no_longer(run, risk_manager):
    assert Assessment.objects.waiting().count() == 1
    undo_import(run, by=risk_manager, reason=WRONG)
    waiting = Assessment.objects.get(risk__number=1)
    assert (waiting.state, waiting.rejected_reason) == (
        "rejected", "The import of risks.csv was undone: wrong file",
    )  # fmt: skip
    assert sorted(Assessment.objects.values_list("state", flat=True)) == [
        "confirmed", "confirmed", "rejected",
    ]  # fmt: skip
    assert actions_of(waiting)[-1] == "assessment.withdrawn"


def test_the_record_says_who_and_why(run, risk_manager):
    undo_import(run, by=risk_manager, reason=WRONG)
    event = events_of(run)[-1]
    assert (event["action"], event["actor_name"], event["reason"]) == (
        "import.undone",
        "陈静",
        WRONG,
    )
    assert event["before"]["state"] == "applied"
    assert event["after"]["state"] == "undone"
    assert actions_of(Risk.objects.get(number=2))[-1] == "risk.undone"


def test_whoever_uploaded_it_is_told_by_whom_it_was_undone(run, risk_manager):
    other = make_user("other", "王芳", "risk_manager")
    undo_import(run, by=other, reason=WRONG)
    notice = Notice.objects.get(kind="import_undone")
    assert (notice.user, notice.params) == (
        risk_manager, {"file": "risks.csv", "name": "王芳", "reason": WRONG},
    )  # fmt: skip


def test_nobody_is_told_what_they_did_themselves(run, risk_manager):
    undo_import(run, by=risk_manager, reason=WRONG)
    assert not Notice.objects.filter(kind="import_undone").exists()


def edited(risk, risk_manager):
    edit_risk(risk, by=risk_manager, version=risk.row_version, title="Fire")


def closed(risk, risk_manager):
    close_risk(risk, by=risk_manager, reason="not ours")


def assessed(risk, risk_manager):
    record_assessment(risk, by=risk_manager, scores=Scores((1, 1), (1, 1)), rationale="x")


@pytest.mark.parametrize(("act", "words"), [
    (edited, "Edited"), (closed, "Closed"), (assessed, "Assessment made"),
])  # fmt: skip
def test_touched_since_nothing_is_taken_back(act, words, run, risk_manager):
    act(Risk.objects.get(number=2), risk_manager)
    before = standing()
    with pytest.raises(Exception, match=f"R002: {words}, 陈静") as refusal:
        undo_import(run, by=risk_manager, reason=WRONG)
    assert type(refusal.value).__name__ == "Touched"
    assert refusal.value.reasons == touched_since(run)
    assert len(refusal.value.reasons) == 1
    assert standing() == before
    run.refresh_from_db()
    assert (run.state, run.undone_at) == ("applied", None)
    assert Assessment.objects.waiting().count() == 1


def test_a_second_opinion_is_a_touch(run, risk_manager):
    other = make_user("other", "王芳", "risk_manager")
    confirm_assessment(Assessment.objects.waiting().get(), by=other)
    assert [reason.partition(",")[0] for reason in touched_since(run)] == [
        "R001: Assessment confirmed"
    ]


def test_without_a_reason_nothing_happens(run, risk_manager):
    with pytest.raises(ValidationError) as refusal:
        undo_import(run, by=risk_manager, reason=" ")
    assert refusal.value.message_dict == {"reason": ["Say why the import is undone."]}
    assert not Risk.objects.filter(is_undone=True).exists()


def test_once_only_and_only_what_was_applied(run, risk_manager):
    waits = answered(by=risk_manager)
    with pytest.raises(WrongState, match="This is already “Uploaded”"):
        undo_import(waits, by=risk_manager, reason=WRONG)
    undo_import(run, by=risk_manager, reason=WRONG)
    with pytest.raises(WrongState, match="This is already “Undone”"):
        undo_import(run, by=risk_manager, reason=WRONG)
    with pytest.raises(WrongState):
        start_import(run, by=risk_manager)


def test_not_by_who_does_not_keep_the_register(run):
    of_tech = make_user("of.tech", "x", "risk_manager", Department.objects.get(code="TECH"))
    with pytest.raises(CannotImport, match="Only whoever keeps the register undoes this import"):
        undo_import(run, by=of_tech, reason=WRONG)


def test_not_by_who_keeps_the_register_but_not_all_departments(register, risk_manager, ops):
    run = imported(risk_manager, [["Risk", "Department"], ["Leak", "TECH"], ["Slip", "OPS"]])
    of_ops = make_user("of.ops", "x", "risk_manager", ops)
    with pytest.raises(CannotImport, match=r"departments that you do not keep: [^.]+\.") as refusal:
        undo_import(run, by=of_ops, reason=WRONG)
    assert Department.objects.get(code="TECH").name in str(refusal.value)
    assert not Risk.objects.filter(is_undone=True).exists()
    only_ours = imported(risk_manager, [["Risk"], ["Fire"]])
    undo_import(only_ours, by=of_ops, reason=WRONG)
    assert Risk.objects.filter(is_undone=True).count() == 1


def test_the_count_of_queries_does_not_grow_with_the_rows(register, risk_manager):
    counts = []
    for count in (2, 40):
        rows = [["Risk", "Likelihood", "Impact"], *([f"{count} {n}", 5, 5] for n in range(count))]
        run = imported(risk_manager, rows)
        with CaptureQueriesContext(connection) as asked:
            undo_import(run, by=risk_manager, reason=WRONG)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("change", [
    "state = 'uploaded'", "outcomes = '{}'", "applied_at = now()", "target = 'X'", "rows_file_id = NULL",
    "mapping = '{\"sheet\": \"x\"}'",
])  # fmt: skip
def test_what_was_applied_does_not_change(run, change):
    with Refusal("import_run_stays"):
        sql(f"UPDATE imports_importrun SET {change} WHERE id = %s", run.pk)


@pytest.mark.parametrize("change", ["state = 'applied', undone_at = NULL, undone_reason = ''",
                                    "undone_reason = 'other'"])  # fmt: skip
def test_what_was_undone_does_not_come_back(run, risk_manager, change):
    undo_import(run, by=risk_manager, reason=WRONG)
    with Refusal("import_run_stays"):
        sql(f"UPDATE imports_importrun SET {change} WHERE id = %s", run.pk)


@pytest.mark.parametrize("state", ["uploaded", "failed", "applying"])
def test_only_what_was_applied_is_undone(register, risk_manager, state):
    run = uploaded(NUMBERS, by=risk_manager)
    ImportRun.objects.filter(pk=run.pk).update(state=state)
    with Refusal("import_run_stays"):
        sql("UPDATE imports_importrun SET state = 'undone', undone_at = now(), undone_reason = 'x'")


def test_an_undone_import_has_a_time_and_a_reason(run):
    with Refusal("import_undone_has_time_and_reason"):
        sql(
            "UPDATE imports_importrun SET state = 'undone', undone_at = now() WHERE id = %s", run.pk
        )
    with Refusal("import_undone_has_time_and_reason"):
        sql("UPDATE imports_importrun SET undone_reason = 'x' WHERE id = %s", run.pk)
