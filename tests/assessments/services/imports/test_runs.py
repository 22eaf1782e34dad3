"""Uploading a file and keeping the answers to its questions."""

from hashlib import sha256

import pytest

from assessments.register_import.mapping import MappingError
from assessments.services.imports import (
    CannotImport,
    NewRegister,
    fail_import,
    open_questions,
    preview_run,
    save_mapping,
    start_import,
    upload_register,
)
from registers.models import Register, Risk
from riskhub.accounts.models import Department
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.files.models import StoredFile
from riskhub.files.store import path_of
from riskhub.imports.models import ImportRun
from riskhub.imports.sentences import FileRefusedError
from tests.assessments.events import events_of
from tests.assessments.uploads import ANSWERS, DEFAULTS, NUMBERS, WORDS, answered, uploaded
from tests.cast import make_user


def test_a_department_that_was_closed_since_is_asked_again(register, risk_manager, tech):
    mapping = {"defaults": {**DEFAULTS, "department": "TECH"}}
    run = uploaded(NUMBERS, by=risk_manager, mapping=mapping)
    assert open_questions(preview_run(run)) == []
    Department.objects.filter(code="TECH").update(is_active=False)
    asked = [str(question) for question in open_questions(preview_run(run))]
    assert asked == ["Choose the department of the risks whose row names none."]
    with pytest.raises(MappingError, match=r"defaults\.department"):
        save_mapping(run, by=risk_manager, version=1, mapping=mapping)


def test_the_file_is_kept_as_it_came(register, risk_manager):
    run = uploaded(WORDS, by=risk_manager, filename="登记册.csv", mapping=ANSWERS)
    assert (run.kind, run.target, run.new_target, run.state) == (
        "register",
        "SVC",
        None,
        "uploaded",
    )
    assert (run.made_by, run.mapping, run.file.filename) == (risk_manager, ANSWERS, "登记册.csv")
    assert run.file.read().decode().startswith("编号,风险名称")
    [event] = events_of(run)
    assert (event["action"], event["actor_name"]) == ("import.uploaded", "陈静")
    assert Risk.objects.count() == 0


def test_a_new_register_is_only_noted(risk_manager, ops):
    new = NewRegister("新表", "New", "OPS")
    run = uploaded(NUMBERS, by=risk_manager, code="NEW", new=new)
    assert run.new_target == {"name_zh": "新表", "name_en": "New", "department": "OPS"}
    assert not Register.objects.filter(code="NEW").exists()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.xlsx", "The file is empty."),
        (b"# Risks\n| a | b |\n|---|---|\n", "a.md", "This is a Markdown text, not a table file."),
        (b"\x00" * 900, "a.csv", "The file is no readable text."),
        (b"Risk\n" * 20_001, "a.csv", "Row 20001: the limit is 20000 rows."),
        (b"x" * (10 * 1024 * 1024 + 1), "a.csv", "The file has 10.0 MB, the limit is 10 MB."),
    ],
    ids=["empty", "markdown", "binary", "rows", "size"],
)
def test_what_is_no_table_is_not_kept(register, risk_manager, content, name, sentence):
    with pytest.raises(FileRefusedError) as refusal:
        upload_register(content, by=risk_manager, filename=name, register_code="SVC")
    assert str(refusal.value).startswith(sentence)
    assert ImportRun.objects.count() == StoredFile.objects.count() == 0
    assert not path_of(sha256(content).hexdigest()).exists()


def test_only_a_risk_manager_uploads(register, head_cleaning, auditor):
    for user in (head_cleaning, auditor):
        with pytest.raises(CannotImport, match="Only a risk manager imports registers"):
            uploaded(NUMBERS, by=user)


def test_only_into_a_register_that_one_keeps(register, tech, ops):
    repairs = make_user("tech.manager", "技术风险员", "risk_manager", tech)
    with pytest.raises(CannotImport, match="You do not keep the register of the department"):
        uploaded(NUMBERS, by=repairs)
    with pytest.raises(CannotImport, match="You do not keep"):
        uploaded(NUMBERS, by=repairs, code="NEW", new=NewRegister("新", "", "OPS"))
    assert uploaded(NUMBERS, by=repairs, code="NEW", new=NewRegister("新", "", "TECH")).pk


def test_not_into_an_archived_register(register, risk_manager):
    Register.objects.filter(pk=register.pk).update(state="archived")
    with pytest.raises(CannotImport, match="The register SVC is archived"):
        uploaded(NUMBERS, by=risk_manager)


def test_the_answers_are_kept(register, risk_manager):
    run = uploaded(WORDS, by=risk_manager)
    stored = save_mapping(run, by=risk_manager, version=1, mapping=ANSWERS)
    assert (stored.mapping, stored.row_version, stored.state) == (ANSWERS, 2, "uploaded")
    event = events_of(run)[-1]
    assert (event["action"], event["before"]["mapping"]) == ("import.mapped", {})
    assert event["after"]["mapping"] == ANSWERS


def test_answers_of_another_tab_are_not_written_over(register, risk_manager):
    run = uploaded(WORDS, by=risk_manager)
    save_mapping(run, by=risk_manager, version=1, mapping=ANSWERS)
    with pytest.raises(StaleVersion):
        save_mapping(run, by=risk_manager, version=1, mapping={})
    run.refresh_from_db()
    assert run.mapping == ANSWERS


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ({"header_row": 900}, "The mapping's header_row is 900, and that row is empty."),
        ({"columns": {"title": 99}}, "The mapping's columns.title is “99”, and row 1 has no such"),
        ({"shoes": 1}, "The mapping has the unknown key shoes."),
    ],
)
def test_answers_that_cannot_be_used_are_refused(register, risk_manager, mapping, sentence):
    run = uploaded(WORDS, by=risk_manager)
    with pytest.raises(MappingError) as refusal:
        save_mapping(run, by=risk_manager, version=1, mapping=mapping)
    assert str(refusal.value).startswith(sentence)
    run.refresh_from_db()
    assert (run.mapping, run.row_version) == ({}, 1)


def test_no_answers_once_it_is_imported(register, risk_manager):
    run = start_import(answered(by=risk_manager), by=risk_manager)
    with pytest.raises(WrongState):
        save_mapping(run, by=risk_manager, version=run.row_version, mapping={})


def test_after_a_failure_other_answers_begin_anew(register, risk_manager):
    run = start_import(answered(by=risk_manager), by=risk_manager)
    fail_import(run, by=risk_manager, error="断电")
    stored = save_mapping(
        run, by=risk_manager, version=run.row_version, mapping={"defaults": DEFAULTS}
    )
    assert (stored.state, stored.error) == ("uploaded", "")
