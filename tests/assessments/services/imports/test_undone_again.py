"""The same file opens the very risks again that were taken back, and new rows get new numbers.

Each step is a transaction of its own here, as in the product: by that what came later is told apart.
"""

import pytest

from assessments.models import Assessment
from assessments.services.imports import (
    import_now,
    made_by,
    preview_run,
    row_outcomes,
    touched_since,
    undo_import,
)
from registers.models import Risk
from registers.services import create_register, reopen_risk
from riskhub.imports.models import ImportRun
from tests.assessments.events import actions_of
from tests.assessments.undone import WRONG, imported, standing
from tests.assessments.uploads import ANSWERS, NUMBERS, WORDS, answered

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(register, risk_manager):
    return imported(risk_manager)


def test_the_same_file_opens_the_very_same_risks(run, risk_manager):
    undo_import(run, by=risk_manager, reason=WRONG)
    again = answered(by=risk_manager, filename="again.csv")
    rows = row_outcomes(preview_run(again))
    assert [(row.outcome, row.code) for row in rows] == [
        ("create", "R001"), ("create", "R002"), ("create", "R003"),
    ]  # fmt: skip
    assert str(rows[0].messages[0]) == "Opens R001 again, which was taken back."
    import_now(again, by=risk_manager)
    assert standing() == [
        ("R001", "Gas leak in a home", "identified", False),
        ("R002", "Slips on wet floors", "assessed", False),
        ("R003", "Late arrival", "assessed", False),
    ]
    assert again.outcomes == {"create": 3, "same": 0, "error": 0, "ignored": 0}
    assert list(made_by(again).values_list("code", flat=True)) == ["R001", "R002", "R003"]
    first = Risk.objects.get(number=1)
    assert (first.closed_reason, first.closed_at) == ("", None)
    assert actions_of(first)[-1] == "risk.redone"
    assert Assessment.objects.waiting().get().risk == first


def test_what_was_opened_again_can_be_undone_again(run, risk_manager):
    undo_import(run, by=risk_manager, reason=WRONG)
    again = imported(risk_manager)
    assert touched_since(again) == []
    undo_import(again, by=risk_manager, reason="still wrong")
    assert Risk.objects.filter(is_undone=True).count() == 3
    imported(risk_manager)
    assert Risk.objects.open().count() == Risk.objects.count() == 3


def test_new_rows_get_new_numbers_beside_the_opened_ones(run, risk_manager):
    undo_import(run, by=risk_manager, reason=WRONG)
    more = [NUMBERS[0], ["Fire", 1, 1, 1, 1], *NUMBERS[1:], ["Flood", 1, 1, 1, 1]]
    imported(risk_manager, more)
    assert [(code, title) for code, title, *_rest in standing()] == [
        ("R001", "Gas leak in a home"), ("R002", "Slips on wet floors"), ("R003", "Late arrival"),
        ("R004", "Fire"), ("R005", "Flood"),
    ]  # fmt: skip
    again = ImportRun.objects.latest("pk")
    outcomes = {row.title: row.code for row in row_outcomes(preview_run(again))}
    assert (outcomes["Fire"], outcomes["Late arrival"]) == ("R004", "R003")


def test_with_other_words_in_the_file(register, risk_manager):
    undo_import(imported(risk_manager, WORDS[:2], mapping=ANSWERS), by=risk_manager, reason=WRONG)
    other = [WORDS[0], ["1", "客户家中漏水", "低", "低", "新人", "", "", ""]]
    imported(risk_manager, other, mapping=ANSWERS)
    risk = Risk.objects.get()
    assert (risk.code, risk.owner_note, risk.residual_level, risk.is_undone) == (
        "R001",
        "新人",
        0,
        False,
    )


def test_what_somebody_opened_by_hand_is_already_there(run, risk_manager):
    undo_import(run, by=risk_manager, reason=WRONG)
    reopen_risk(Risk.objects.get(number=1), by=risk_manager, reason="needed")
    rows = row_outcomes(preview_run(answered(by=risk_manager)))
    assert [(row.outcome, row.code) for row in rows] == [
        ("same", "R001"), ("create", "R002"), ("create", "R003"),
    ]  # fmt: skip


def test_by_its_number_and_name_as_by_the_file(run, risk_manager):
    """Our own export, taken before: it names the codes."""
    undo_import(run, by=risk_manager, reason=WRONG)
    rows = [["No", "Risk"], ["R002", "Slips on wet floors"], ["r2", "slips on wet floors"]]
    rows = row_outcomes(preview_run(answered(rows, by=risk_manager)))
    assert [(row.outcome, row.code) for row in rows] == [("create", "R002"), ("same", "R002")]


def test_another_register_has_risks_of_its_own(run, risk_manager, ops):
    undo_import(run, by=risk_manager, reason=WRONG)
    create_register(by=risk_manager, code="TWO", name_zh="二", department=ops)
    rows = [["No", "Risk"], ["R002", "Slips on wet floors"]]
    found = row_outcomes(preview_run(answered(rows, by=risk_manager, code="TWO")))
    assert [(row.outcome, row.code) for row in found] == [("create", "")]
