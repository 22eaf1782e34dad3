"""One transaction: all the good rows of a file, or none."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments.import_work import apply_owed_import
from assessments.models import Assessment
from assessments.services.imports import (
    APPLY,
    CannotImport,
    NewRegister,
    apply_import,
    import_now,
    start_import,
    stop_import,
    waiting_assessments,
    work_key,
)
from assessments.services.imports import applying as module
from registers.models import Register, Risk, RiskOrigin
from riskhub.accounts.models import RoleAssignment
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import StaleVersion
from riskhub.files.store import path_of
from riskhub.notices.models import Notice
from riskhub.work.models import Work
from riskhub.work.services import drain_work
from tests.assessments.events import actions_of, events_of
from tests.assessments.uploads import ANSWERS, NUMBERS, WORDS, answered, unlike_any, uploaded
from tests.cast import make_user


def done(run):
    drain_work()
    run.refresh_from_db()
    return run


# ---------- what comes of a row ----------


def test_risks_with_what_the_file_says(register, risk_manager, head_cleaning):
    run = uploaded(WORDS, by=risk_manager, mapping=ANSWERS)
    import_now(run, by=risk_manager)
    first, second = Risk.objects.order_by("number")
    assert (first.code, first.title, first.event) == ("R001", "客户家中漏水", "客户家中漏水")
    assert (first.register, first.owner_department.code) == (register, "OPS")
    assert (first.category.code, first.primary_source.code) == ("operational", "audit")
    assert (first.owner, first.owner_note) == (head_cleaning, "")
    assert (second.owner, second.owner_note) == (None, "路人甲")
    assert (first.reported_by, first.accepted_by) == (risk_manager, risk_manager)
    assert list(first.sources.values_list("code", flat=True)) == ["audit"]


def test_number_status_and_level_of_the_file_are_only_text(register, risk_manager):
    import_now(uploaded(WORDS, by=risk_manager, mapping=ANSWERS), by=risk_manager)
    first = Risk.objects.get(code="R001")
    origin = first.origins.get()
    assert (origin.kind, origin.label) == ("import", "risks.csv 2")
    assert origin.details == {"number": "1", "status": "开放", "level": "重大", "department": "ops"}
    assert (first.state, first.level_word) == ("identified", "")  # (4,4) waits for confirmation


def test_low_and_medium_confirm_themselves_high_and_critical_wait(register, risk_manager):
    import_now(answered(by=risk_manager), by=risk_manager)
    told = Assessment.objects.order_by("risk__number").values_list(
        "method", "state", "inherent_probability", "inherent_impact", "residual_probability",
        "residual_impact", "inherent_level", "residual_level", "is_unlinked_import", "confirmed_by",
    )  # fmt: skip
    assert list(told) == [
        ("import", "submitted", 4, 5, 2, 5, 3, 2, True, None),
        ("import", "confirmed", 2, 2, 2, 2, 0, 0, False, risk_manager.pk),
        ("import", "confirmed", 5, 1, 4, 1, 1, 1, True, risk_manager.pk),
    ]
    assert list(Risk.objects.order_by("number").values_list("state", "residual_level")) == [
        ("identified", None),
        ("assessed", 0),
        ("assessed", 1),
    ]
    assert waiting_assessments(register).count() == 1
    rationale = Assessment.objects.get(risk__code="R001").rationale
    assert rationale == "As in risks.csv, row 2."


def test_the_same_file_twice_creates_nothing_twice(register, risk_manager):
    import_now(answered(by=risk_manager), by=risk_manager)
    again = import_now(answered(by=risk_manager), by=risk_manager)
    assert again.counts == {"create": 0, "same": 3, "error": 0, "ignored": 0}
    assert (Risk.objects.count(), Assessment.objects.count()) == (3, 3)
    assert RiskOrigin.objects.count() == 3


def test_rows_in_error_are_left_out_and_come_later(register, risk_manager):
    import_now(uploaded(WORDS, by=risk_manager, mapping=ANSWERS), by=risk_manager)
    mended = [*WORDS[:3], ["3", "钥匙丢失", "中", "低", "", "", "", ""]]
    later = import_now(uploaded(mended, by=risk_manager, mapping=ANSWERS), by=risk_manager)
    assert later.counts == {"create": 1, "same": 2, "error": 0, "ignored": 0}
    assert list(Risk.objects.order_by("number").values_list("title", flat=True)) == [
        "客户家中漏水", "地面湿滑摔倒", "钥匙丢失",
    ]  # fmt: skip


def test_an_unknown_register_is_made(risk_manager, tech):
    new = NewRegister("新表", "New", "TECH")
    run = answered(by=risk_manager, code="NEW", new=new)
    import_now(run, by=risk_manager)
    made = Register.objects.get(code="NEW")
    assert (made.name_zh, made.name_en, made.department) == ("新表", "New", tech)
    assert made.risks.count() == 3
    assert actions_of(made) == ["register.created"]


def test_the_system_makes_a_register_for_the_risk_department(db):
    import_now(answered(by=None, code="NEW", mapping={}), by=None)
    made = Register.objects.get(code="NEW")
    assert (made.name_zh, made.department.kind) == ("NEW", "risk")


def test_a_user_makes_a_register_for_their_department(tech):
    manager = make_user("tech.manager", "技术风险员", "risk_manager", tech)
    import_now(answered(by=manager, code="NEW", mapping={}), by=manager)
    assert Register.objects.get(code="NEW").department == tech


def test_each_change_is_audited_in_the_name_of_the_importer(register, risk_manager):
    run = answered(by=risk_manager)
    import_now(run, by=risk_manager)
    risk = Risk.objects.get(code="R002")
    assert actions_of(run) == ["import.uploaded", "import.started", "import.applied"]
    assert {event["actor_name"] for event in events_of(run) + events_of(risk)} == {"陈静"}
    assert actions_of(risk) == ["risk.created", "risk.assessed"]
    after = events_of(run, action="import.applied")[0]["after"]
    assert (after["state"], after["outcomes"]["create"]) == ("applied", 3)


# ---------- owed, done, stopped, failed ----------


def test_starting_owes_the_work_once(register, risk_manager):
    run = answered(by=risk_manager)
    first = start_import(run, by=risk_manager, version=1)
    second = start_import(run, by=risk_manager, version=1)
    assert (first.state, second.state, second.row_version) == ("applying", "applying", 2)
    assert list(Work.objects.filter(kind=APPLY).values_list("dedupe", "payload")) == [
        (work_key(first), {"run": run.pk})
    ]
    assert Risk.objects.count() == 0


def test_the_worker_does_it_in_the_name_and_language_of_the_uploader(register, risk_manager):
    run = done(start_import(answered(by=risk_manager), by=risk_manager))
    assert run.state == "applied"
    assert run.outcomes == {"create": 3, "same": 0, "error": 0, "ignored": 0}
    assert run.applied_at is not None
    assessment = Assessment.objects.order_by("pk").first()
    assert assessment.assessor == risk_manager
    assert assessment.rationale == "依据 risks.csv 第 2 行。"
    assert start_import(run, by=risk_manager, version=1).state == "applied"


def test_uploader_and_confirmers_are_told(register, risk_manager, second_manager, approver):
    done(start_import(answered(by=risk_manager), by=risk_manager))
    told = Notice.objects.order_by("kind", "user__username").values_list("kind", "user__username")
    assert list(told) == [
        ("import_applied", "risk.manager"),
        ("import_waiting", "approver"),
        ("import_waiting", "second.manager"),
    ]
    assert Notice.objects.get(user=approver).params == {"count": 1, "register": "SVC"}


def test_nobody_is_asked_to_confirm_what_does_not_wait(register, risk_manager, second_manager):
    rows = [NUMBERS[0], NUMBERS[2], NUMBERS[3]]
    done(start_import(answered(rows, by=risk_manager), by=risk_manager))
    assert list(Notice.objects.values_list("kind", flat=True)) == ["import_applied"]


def test_open_questions_are_not_guessed(register, risk_manager):
    run = uploaded(WORDS, by=risk_manager)
    with pytest.raises(CannotImport, match="The probability has values without a score: 3"):
        start_import(run, by=risk_manager)
    run.refresh_from_db()
    assert (run.state, Work.objects.filter(kind=APPLY).count()) == ("uploaded", 0)


def test_other_answers_in_between_are_stale(register, risk_manager):
    with pytest.raises(StaleVersion):
        start_import(answered(by=risk_manager), by=risk_manager, version=7)


def test_a_lost_role_imports_nothing(register, risk_manager):
    run = start_import(answered(by=risk_manager), by=risk_manager)
    RoleAssignment.objects.filter(user=risk_manager).delete()
    done(run)
    assert (run.state, run.error) == ("failed", "只有风险管理员可以导入登记表。")
    assert Risk.objects.count() == 0
    assert Notice.objects.get().kind == "import_failed"


def test_a_damaged_file_says_what_to_do(register, risk_manager):
    run = start_import(answered(unlike_any(NUMBERS), by=risk_manager), by=risk_manager)
    path_of(run.file.sha256).unlink()
    done(run)
    assert run.state == "failed"
    assert run.error != ""
    assert Work.objects.get(kind=APPLY).state == "done"


def test_a_refusal_of_the_rules_writes_nothing(register, risk_manager, monkeypatch):
    run = start_import(answered(by=risk_manager), by=risk_manager)

    def refuse(*_args, **_kwargs):
        raise ValidationError({"impact": ["Choose scores from 1 to 5."]})

    monkeypatch.setattr(module, "record_assessments", refuse)
    done(run)
    assert (run.state, run.error) == ("failed", "Choose scores from 1 to 5.")
    assert (Risk.objects.count(), Assessment.objects.count()) == (0, 0)


def test_what_nobody_foresaw_is_tried_again(register, risk_manager, monkeypatch):
    run = start_import(answered(by=risk_manager), by=risk_manager)
    monkeypatch.setattr(module, "record_assessments", lambda *_args, **_kwargs: 1 / 0)
    done(run)
    work = Work.objects.get(kind=APPLY)
    assert (run.state, work.state, work.error) == ("applying", "due", "division by zero")
    assert Risk.objects.count() == 0
    monkeypatch.undo()
    Work.objects.update(run_after=run.made_at)
    assert done(run).state == "applied"
    assert Risk.objects.count() == 3


def test_failed_is_started_again(register, risk_manager, monkeypatch):
    run = start_import(answered(unlike_any(NUMBERS), by=risk_manager), by=risk_manager)
    content = path_of(run.file.sha256).read_bytes()
    path_of(run.file.sha256).unlink()
    done(run)
    path_of(run.file.sha256).write_bytes(content)
    done(start_import(run, by=risk_manager, version=run.row_version))
    run.refresh_from_db()
    assert (run.state, run.error, Risk.objects.count()) == ("applied", "", 3)
    assert Work.objects.filter(kind=APPLY).count() == 2


def test_stopped_before_a_worker_began(register, risk_manager):
    run = start_import(answered(by=risk_manager), by=risk_manager)
    stop_import(run, by=risk_manager)
    assert done(run).state == "uploaded"
    assert Risk.objects.count() == 0
    assert actions_of(run)[-1] == "import.stopped"
    assert apply_import(run, by=risk_manager) is None
    assert done(start_import(run, by=risk_manager)).state == "applied"


def test_too_late_to_stop(register, risk_manager):
    run = done(start_import(answered(by=risk_manager), by=risk_manager))
    with pytest.raises(WrongState):
        stop_import(run, by=risk_manager)


def test_the_work_twice_creates_once(register, risk_manager):
    run = start_import(answered(by=risk_manager), by=risk_manager)
    apply_owed_import({"run": run.pk})
    apply_owed_import({"run": run.pk})
    assert apply_import(run, by=risk_manager) is None
    assert Risk.objects.count() == 3


def test_of_the_system_nobody_is_told(register, db):
    run = answered(by=None)
    import_now(run, by=None)
    assert Notice.objects.filter(kind="import_applied").count() == 0
    assert {a.assessor for a in Assessment.objects.all()} == {None}


def test_a_register_archived_meanwhile_takes_nothing(register, risk_manager):
    run = start_import(answered(by=risk_manager), by=risk_manager)
    Register.objects.filter(pk=register.pk).update(state="archived")
    assert done(run).state == "failed"
    assert Risk.objects.count() == 0


def test_every_pair_of_states(register, risk_manager):
    run = answered(by=risk_manager)
    undone = {"undone_at": timezone.now(), "undone_reason": "x"}
    for before in run.next_states:
        for after in run.next_states:
            fields = undone if before == "undone" else {}
            one = type(run).objects.create(kind="x", file=run.file, state=before, **fields)
            with acting(None, "test"):
                try:
                    moved = move(one, after, **(undone if after == "undone" else {})).state == after
                except WrongState:
                    moved = False
            assert moved == (after in run.next_states[before]), (before, after)
