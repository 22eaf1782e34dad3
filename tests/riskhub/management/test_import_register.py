"""`manage.py import_register`: what it prints, what it makes, how it refuses."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from assessments.models import Assessment
from assessments.querysets import runs_visible_to
from registers.models import Register, Risk
from riskhub.audit.models import AuditEvent
from riskhub.files.models import StoredFile
from riskhub.imports.models import ImportRun
from tests.assessments.matrix_levels import level_of
from tests.assessments.register_import.shared_registers import (
    DATA,
    REFUSED,
    REGISTERS,
    need_shared_data,
)
from tests.assessments.register_import.test_shared_registers import SCORED
from tests.assessments.services.imports.test_shared_registers import true_rows
from tests.assessments.uploads import ANSWERS, NUMBERS, WORDS
from tests.cast import make_user
from tests.riskhub.imports.made_files import csv_text

KEYS = ["file", "sheet", "header_row", "mapping", "scales", "refused", "rows"]
ROW_KEYS = ["row", "outcome", "title", "probability", "impact", "level", "message"]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def command(tmp_path, db):
    """`command(path, ...)` gives (status, stdout, stderr); a dict as mapping becomes a file."""

    def run(path, *options, code="SVC", mapping=None):
        out, err = StringIO(), StringIO()
        arguments = [str(path), "--register", code, *options]
        if mapping is not None:
            file = tmp_path / "mapping.json"
            file.write_text(json.dumps(mapping, ensure_ascii=False), "utf-8")
            arguments += ["--mapping", str(file)]
        try:
            call_command("import_register", *arguments, stdout=out, stderr=err)
        except SystemExit as end:
            return end.code, out.getvalue(), err.getvalue()
        return 0, out.getvalue(), err.getvalue()

    return run


@pytest.fixture
def made(tmp_path):
    def make(rows, name="risks.csv"):
        path = tmp_path / name
        path.write_bytes(csv_text(rows).encode())
        return path

    return make


# ---------- the shared registers ----------


@pytest.mark.parametrize("expected", SCORED, ids=lambda one: one.register)
def test_a_shared_register(expected, command, register):
    need_shared_data()
    mapping = {"scales": expected.scales}
    status, text, _err = command(expected.path, "--dry-run", "--json", mapping=mapping)
    told = json.loads(text)
    assert (status, list(told)) == (0, KEYS)
    assert (told["file"], told["sheet"], told["header_row"], told["refused"]) == (
        expected.file, expected.sheet, expected.header_row, None,
    )  # fmt: skip
    assert {tuple(row) for row in told["rows"]} == {tuple(ROW_KEYS)}
    assert Risk.objects.count() == ImportRun.objects.count() == 0
    created = [row for row in told["rows"] if row["outcome"] == "create"]
    # A half pair that a person may leave out is an error row of the command.
    truth = [row for row in true_rows(expected) if row[1]]
    assert [(row["title"], (row["probability"], row["impact"])) for row in created] == [
        (title, first) for title, first, _after in truth
    ]
    assert [row["level"] for row in created] == [
        level_of(*first) for _title, first, _after in truth
    ]
    for row, (_title, first, after) in zip(created, truth, strict=True):
        other = f"Residual {after[0]}, {after[1]} from the file: imported, controls not linked."
        assert (other in row["message"]) == (first != after)

    applied = json.loads(command(expected.path, "--json", mapping=mapping)[1])
    assert applied == told
    assert list(Risk.objects.order_by("number").values_list("title", flat=True)) == [
        title for title, *_scores in truth
    ]
    again = json.loads(command(expected.path, "--json", mapping=mapping)[1])
    assert {row["outcome"] for row in again["rows"] if row["title"]} <= {"same", "error"}
    assert (Risk.objects.count(), Assessment.objects.count()) == (len(truth), len(truth))


@pytest.mark.parametrize("expected", REGISTERS, ids=lambda one: one.register)
def test_undecided_scales_are_errors_that_name_choices_and_key(expected, command, register):
    need_shared_data()
    status, text, _err = command(expected.path, "--dry-run", "--json")
    told = json.loads(text)
    wrong = [row for row in told["rows"] if row["outcome"] == "error"]
    assert (status, told["refused"], len(wrong)) == (0, None, expected.undecided_without)
    for row in wrong:
        assert "Choose 1 (lowest), 2, 3, 4 or 5 (highest) and set scales." in row["message"]
        assert (row["probability"], row["impact"], row["level"]) == (None, None, None)


@pytest.mark.parametrize(("name", "file", "sentence"), REFUSED, ids=lambda value: str(value)[:24])
def test_what_is_no_register(name, file, sentence, command, register):
    need_shared_data()
    path = DATA / "registers" / name / file
    for options in (["--dry-run", "--json"], ["--json"]):
        status, text, _err = command(path, *options)
        told = json.loads(text)
        assert (status, told["refused"], told["rows"]) == (1, sentence, [])
    assert command(path)[::2] == (1, f"{sentence}\n")
    assert Risk.objects.count() == ImportRun.objects.count() == 0


# ---------- in words ----------


def test_in_words_for_a_person(command, made, register):
    status, text, _err = command(made(NUMBERS), "--dry-run")
    assert status == 0
    lines = [line.split("\t")[:4] for line in text.splitlines()[:3]]
    assert lines == [
        ["2", "create", "critical > high", "Gas leak in a home"],
        ["3", "create", "low", "Slips on wet floors"],
        ["4", "create", "medium", "Late arrival"],
    ]
    assert text.splitlines()[-1] == "Dry run: create 3, same 0, error 0, ignored 0"
    assert command(made(NUMBERS))[1].splitlines()[-1] == "create 3, same 0, error 0, ignored 0"
    assert command(made(NUMBERS))[1].splitlines()[-1] == "create 0, same 3, error 0, ignored 0"


def test_an_unknown_register_is_only_named_by_a_dry_run(command, made):
    path = made(NUMBERS)
    text = command(path, "--dry-run", code="NEW")[1]
    assert text.splitlines()[-2] == "The register NEW is new: it would be made."
    assert not Register.objects.filter(code="NEW").exists()
    text = command(path, code="NEW")[1]
    assert text.splitlines()[-2] == "The register NEW is new: it is made."
    assert Register.objects.get(code="NEW").risks.count() == 3


def test_the_usual_defaults_are_said(command, made, register):
    row = json.loads(command(made(NUMBERS), "--dry-run", "--json")[1])["rows"][1]
    assert row["message"] == (
        "Category: management by default. Department: the register's department by default. "
        "Source: internal_record by default."
    )


def test_by_a_user(command, made, register, risk_manager):
    command(made(WORDS), "--by", "risk.manager", mapping=ANSWERS)
    assert set(Assessment.objects.values_list("assessor__username", flat=True)) == {"risk.manager"}
    event = AuditEvent.objects.filter(object_type="registers_risk").order_by("id").first()
    assert (event.actor_name, event.action) == ("陈静", "risk.created")


def test_by_the_system(command, made, register):
    command(made(NUMBERS))
    event = AuditEvent.objects.filter(object_type="registers_risk").order_by("id").first()
    assert (event.actor_name, event.actor_id) == ("system", None)
    assert event.request_id is not None


def test_by_somebody_without_the_right(command, made, register, head_cleaning):
    with pytest.raises(CommandError, match="Only a risk manager imports registers"):
        command(made(NUMBERS), "--by", "head.cleaning")
    assert Risk.objects.count() == 0


def test_by_nobody_we_know(command, made, register):
    with pytest.raises(CommandError, match="There is no active user nobody"):
        command(made(NUMBERS), "--by", "nobody")


def test_a_file_that_is_not_there(command, tmp_path):
    with pytest.raises(CommandError, match=r"nothing\.csv cannot be read: No such file"):
        command(tmp_path / "nothing.csv")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "mapping.json is not JSON"),
        ("[1]", "does not hold an object of names and values"),
        ('{"shoes": 1}', "The mapping has the unknown key shoes"),
        ('{"defaults": {"source": "gossip"}}', "The key defaults.source in the mapping is one of"),
        (
            '{"defaults": {"department": "NOPE"}}',
            "The key defaults.department in the mapping is one",
        ),
        ('{"sheet": "Nowhere"}', "and the file has no such sheet"),
    ],
)
def test_a_mapping_that_cannot_be_used(command, made, register, tmp_path, content, sentence):
    mapping = tmp_path / "mapping.json"
    mapping.write_text(content)
    with pytest.raises(CommandError, match=sentence):
        command(made(NUMBERS), "--mapping", str(mapping))
    assert Risk.objects.count() == ImportRun.objects.count() == 0


def test_nothing_to_do_leaves_no_run(command, made, register):
    command(made(NUMBERS))
    command(made(NUMBERS))
    assert ImportRun.objects.count() == 1


def test_undecided_scales_of_rows_that_are_there_are_no_error(command, made, register):
    command(made(WORDS[:3]), mapping=ANSWERS)
    status, text, err = command(made(WORDS[:3]))
    assert (status, err) == (0, "")
    assert text.splitlines()[-1] == "create 0, same 2, error 0, ignored 0"


# ---------- the code of the register ----------


@pytest.mark.parametrize("code", ["svc", "Svc", " SVC "])
def test_a_code_in_other_letters_is_the_same_register(command, made, register, code):
    command(made(NUMBERS))
    text = command(made(NUMBERS), code=code)[1]
    assert text.splitlines()[-1] == "create 0, same 3, error 0, ignored 0"
    assert "is new" not in command(made(NUMBERS), "--dry-run", code=code)[1]
    assert list(Register.objects.values_list("code", flat=True)) == ["SVC"]


def test_a_new_code_is_kept_in_capitals(command, made):
    path = made(NUMBERS)
    text = command(path, "--dry-run", code="new")[1]
    assert text.splitlines()[-2] == "The register NEW is new: it would be made."
    command(path, code="new")
    run = ImportRun.objects.get()
    assert (Register.objects.get().code, run.target, run.state) == ("NEW", "NEW", "applied")
    assert runs_visible_to(make_user("m", "经理", "risk_manager")).get() == run


@pytest.mark.parametrize("options", [(), ("--json",), ("--dry-run",), ("--dry-run", "--json")])
@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("bad code!", "Letters, digits and . - _ only."),
        ("X" * 60, "Write at most 40 characters; these are 60."),
        ("  ", "This field cannot be blank."),
        ("A\x00B", "Letters, digits and . - _ only."),
    ],
)
def test_a_code_that_no_register_can_have(command, made, code, sentence, options):
    with pytest.raises(CommandError) as refusal:
        command(made(NUMBERS), *options, code=code)
    assert str(refusal.value) == f"Register code “{code.strip().upper()}”: {sentence}"
    assert ImportRun.objects.count() == Register.objects.count() == StoredFile.objects.count() == 0
