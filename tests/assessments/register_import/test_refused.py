"""Files that are no register: one sentence naming sheet, row and column, and what to do."""

import pytest

from assessments.register_import.plan import describe
from tests.riskhub.imports.made_files import workbook


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([[]], "No sheet has a filled cell. Choose a file with a table in it."),
        (
            [[], [None, "Date", "Loss"], [None, "2026-01-01", 5]],
            (
                "Sheet “Sheet1”, row 2, column B: the columns “Date”, “Loss” are known, and none has the "
                "names of the risks. Name it “Risk” or “风险描述”, or set columns.title in the mapping."
            ),
        ),
        (
            [[None], [None, "apples", "pears"], [None, 1, 2]],
            (
                "Sheet “Sheet1”, row 2, column B: no row here names the columns of a risk register, such as "
                "“Risk” or “风险描述”. Put the column names into one row above the risks."
            ),
        ),
        (
            [["Risk", "Impact"], ["R1", 3], ["R2", 4]],
            (
                "Sheet “Sheet1”, row 1, column A: the column “Risk” holds only codes or numbers, no names of "
                "risks. Set columns.title in the mapping to the column with the names."
            ),
        ),
        (
            [["Risk", "Likelihood"], [None, None]],
            (
                "Sheet “Sheet1”, row 1, column A: the column “Risk” has no risk below it: the table is "
                "empty. Fill in the rows, then import it again."
            ),
        ),
    ],
)
def test_files_that_are_no_register(rows, sentence):
    plan = describe(workbook(rows), "a.xlsx")
    assert str(plan.refused) == sentence
    assert plan.as_json() == {
        "file": "a.xlsx", "sheet": None, "header_row": None, "mapping": {}, "scales": {},
        "refused": sentence, "rows": [],
    }  # fmt: skip
