"""What became of each row is kept for good, in the transaction that made the risks."""

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction
from django.utils import translation

from assessments.import_work import apply_owed_import
from assessments.services.imports import applying as module
from assessments.services.imports import import_now, start_import, stored_outcomes
from riskhub.files.models import StoredFile
from riskhub.files.store import FileDamaged, path_of
from riskhub.imports.models import ImportRun
from tests.assessments.uploads import ANSWERS, NUMBERS, WORDS, answered, unlike_any, uploaded

ROWS = [*WORDS, ["4", "停电", "", "", "", "ops", "", ""], WORDS[1]]


def kept(run):
    return stored_outcomes(ImportRun.objects.get(pk=run.pk))


@pytest.fixture
def run(register, risk_manager):
    run = uploaded(ROWS, by=risk_manager, mapping=ANSWERS)
    import_now(run, by=risk_manager)
    return run


def test_each_row_as_it_was_when_applied(run):
    assert [(row.row, row.outcome, row.title, row.code) for row in kept(run)] == [
        (2, "create", "客户家中漏水", "R001"),
        (3, "create", "地面湿滑摔倒", "R002"),
        (4, "error", "钥匙丢失", ""),
        (5, "create", "停电", "R003"),
        (6, "same", "客户家中漏水", ""),
    ]
    assert [(row.inherent, row.residual, row.level) for row in kept(run)][:4] == [
        ((4, 4), (4, 4), "critical"), ((2, 2), (2, 2), "low"), (None, None, None), (None, None, None),
    ]  # fmt: skip


def test_with_all_that_was_said(run):
    said = {row.row: [str(sentence) for sentence in row.messages] for row in kept(run)}
    assert said == {
        2: [
            "Category: operational by default.", "Source: audit by default.",
            "The owner “周立” is no user here: kept as text.",
        ],
        3: [
            "Category: operational by default.", "Department: OPS by default.",
            "Source: audit by default.", "The owner “路人甲” is no user here: kept as text.",
        ],
        4: [
            ("The probability is given, the impact is missing in column D. "
            "Fill in both in the file, or neither."),
        ],
        5: [
            "Without scores: the row has none.", "Category: operational by default.",
            "Source: audit by default.",
        ],
        6: ["Repeats row 2 of this file."],
    }  # fmt: skip
    with translation.override("zh-hans"):
        assert str(kept(run)[4].messages[0]) == "与本文件第 2 行重复。"


def test_a_second_pair_is_kept_beside_the_first(register, risk_manager):
    run = answered(by=risk_manager)
    import_now(run, by=risk_manager)
    assert next((row.inherent, row.pair, row.level) for row in kept(run)) == (
        (4, 5), (2, 5), "high",
    )  # fmt: skip


def test_it_cannot_be_changed(run):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        StoredFile.objects.filter(kind="import_rows").update(sha256="0" * 64)


def test_it_is_stored_in_the_name_of_the_importer(run, risk_manager):
    run.refresh_from_db()
    facts = run.rows_file
    assert (facts.kind, facts.filename, facts.mime, facts.uploaded_by) == (
        "import_rows", "risks.csv.json", "application/json", risk_manager,
    )  # fmt: skip


def test_nothing_is_kept_of_what_was_not_applied(register, risk_manager, monkeypatch):
    run = start_import(answered(NUMBERS, by=risk_manager), by=risk_manager)

    def refuse(*_args, **_kwargs):
        raise ValidationError({"impact": ["No."]})

    monkeypatch.setattr(module, "record_assessments", refuse)
    apply_owed_import({"run": run.pk})
    assert kept(run) is None
    assert not StoredFile.objects.filter(kind="import_rows").exists()


def test_of_an_earlier_import_nothing_is_known(register, risk_manager, monkeypatch):
    run = answered(NUMBERS, by=risk_manager)
    monkeypatch.setattr(module, "store_outcomes", lambda *_args, **_kwargs: None)
    import_now(run, by=risk_manager)
    assert kept(run) is None


def test_a_damaged_disk_is_not_read(register, risk_manager):
    run = answered(unlike_any([["Risk"], ["Leak"]], row=1), by=risk_manager)
    import_now(run, by=risk_manager)
    run.refresh_from_db()
    path_of(run.rows_file.sha256).write_bytes(b'{"rows":[]}')
    with pytest.raises(FileDamaged):
        kept(run)
