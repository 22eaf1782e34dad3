"""Which rows are risks, and what each of them says."""

import datetime as dt

from assessments.register_import.plan import describe
from tests.riskhub.imports.made_files import csv_text, workbook

HEADER = ["ID", "Risk", "Cause", "Likelihood", "Impact"]


def rows_of(rows, mapping=None):
    plan = describe(workbook(rows), "a.xlsx", mapping)
    assert plan.refused is None, str(plan.refused)
    return plan.rows


def told(rows, mapping=None):
    return {row.row: (row.outcome, row.message) for row in rows_of(rows, mapping)}


def test_one_pair_is_both_and_two_are_what_the_file_says():
    header = ["Risk", "Likelihood", "Impact", "Residual likelihood", "Residual impact"]
    rows = rows_of(
        [
            header,
            ["Slips on wet floors", 4, 5, 2, 5],
            ["Gas leak in a home", 3, 4, 3, 4],
            ["Only the first pair", 2, 2, None, None],
            ["Only the second pair", None, None, 1, 3],
            ["Half of the second pair", 2, 2, 1, None],
            ["Higher afterwards", 2, 2, 3, 2],
        ]
    )
    assert [(row.inherent, row.residual, row.is_unlinked) for row in rows] == [
        ((4, 5), (2, 5), True), ((3, 4), (3, 4), False), ((2, 2), (2, 2), False),
        ((1, 3), (1, 3), False), (None, None, False), (None, None, False),
    ]  # fmt: skip
    assert rows[0].message.startswith(
        "Residual 2, 5 from the file: imported, controls not linked. "
    )
    assert "controls not linked" not in rows[1].message
    assert rows[4].message == (
        "The probability is given, the impact is missing in column E. Fill in both in the file, or neither."
    )
    assert rows[5].message == (
        "Probability: the residual 3 is above the inherent 2. Correct the file, or set "
        "columns.residual_probability, columns.residual_impact to null in the mapping."
    )


def test_half_a_pair():
    rows = told(
        [
            HEADER,
            ["1", "Fire at work", "", 5, None],
            ["2", "Flood at work", "", None, 3],
            ["3", "Storm", "", None, None],
        ]
    )
    assert rows[2] == (
        "error",
        "The probability is given, the impact is missing in column E. Fill in both in the file, or neither.",
    )
    assert rows[3] == (
        "error",
        "The impact is given, the probability is missing in column D. Fill in both in the file, or neither.",
    )
    assert rows[4][0] == "create"


def test_a_column_for_one_axis_only():
    rows = told([["Risk", "Impact level"], ["Fire at work", 5], ["Flood at work", 3]])
    assert rows[2] == (
        "error",
        (
            "The impact is given, and no column is mapped to the probability. "
            "Set columns.probability in the mapping, or set columns.impact to null."
        ),
    )
    rows = told([["Risk", "Likelihood"], ["Fire at work", 5], ["Flood at work", 3]])
    assert rows[2][1].endswith(
        "Set columns.impact in the mapping, or set columns.probability to null."
    )


def test_rows_that_are_no_risk_say_why():
    rows = told(
        [
            ["Our register"],
            HEADER,
            ["编号", "风险描述", "原因", "可能性", "影响"],
            ["1", "Fire at work", "smoke", 5, 3],
            [],
            HEADER,
            ["2", "Flood at work", "rain", 5, 3],
            [None, None, "wind", None, None],
            [None, None, None, 3, 4],
            [None, 404, None, None, None],
            ["3", None, None, None, 0],
            [None, "Total", None, None, 8],
            [None, "=1/0", None, None, None],
            ["Legend: 5 is the worst"],
        ]
    )
    missing = "The name of the risk is missing in column B. Fill it in, or empty the row."
    assert {row: outcome for row, (outcome, _why) in rows.items()} == {
        3: "ignored", 4: "create", 5: "ignored", 6: "ignored", 7: "create", 8: "error", 9: "error",
        10: "ignored", 11: "ignored", 12: "ignored", 13: "error", 14: "ignored",
    }  # fmt: skip
    assert rows[3][1] == rows[6][1] == "The column names again."
    assert rows[5][1] == "Empty row."
    assert rows[8][1] == rows[9][1] == missing
    assert rows[10][1] == "Column B holds a number, no name of a risk."
    assert rows[11][1] == "No name of a risk in column B."
    assert rows[12][1] == "A line of totals, no risk."
    assert (
        rows[13][1] == "Column B holds a formula never calculated instead of the name of the risk."
    )
    assert rows[14][1] == "A heading or note, no risk."


def test_headings_by_what_they_lack():
    rows = rows_of(
        [
            HEADER,
            ["1", "Weather", None, None, None],
            ["1.1", "Storm at work", "wind", 5, 3],
            ["1.2", "Flood at work", "rain", 5, 3],
            ["2", "Not yet rated, a risk all the same", None, None, None],
            [None, "People", None, None, None],
            ["3.1", "Illness of the team", "flu", 2, 3],
            ["3.2", "Absence of the team", "flu", 2, 3],
        ]
    )
    assert [row.outcome for row in rows] == [
        "ignored",
        "create",
        "create",
        "create",
        "ignored",
        "create",
        "create",
    ]
    assert [row.file.get("group") for row in rows if row.outcome == "create"] == [
        "Weather",
        "Weather",
        "Weather",
        "People",
        "People",
    ]


def test_a_list_of_names_has_no_headings():
    assert [row.outcome for row in rows_of([["Risk"], ["Fire at work"], ["Flood at work"]])] == [
        "create",
        "create",
    ]


def test_repeats_and_fingerprints():
    rows = [
        HEADER,
        ["0001", "Fire at work", "smoke", 5, 3],
        ["0001", "Fire  at work", "smoke", 5, 3],
        ["0001", "Fire at work", "oil", 5, 3],
        ["2", "Fire at work", "oil", 5, 3],
    ]
    found = rows_of(rows)
    assert [row.outcome for row in found] == ["create", "same", "create", "create"]
    assert found[1].message == "Repeats row 2 of this file."
    prints = [row.fingerprint for row in found if row.outcome == "create"]
    assert len(set(prints)) == 3
    assert {len(print_) for print_ in prints} == {64}
    text = describe(
        csv_text([[cell or "" for cell in row] for row in rows], ";").encode("gb18030"), "b.csv"
    )
    assert [row.fingerprint for row in text.rows] == [row.fingerprint for row in found]
    other = rows_of([HEADER, ["1", "fire at work", None, 1, 5]])
    assert other[0].fingerprint == prints[0]


def test_long_and_broken_names():
    long = "word " * 100
    header = ["Risk", "Event", "Likelihood", "Impact"]
    rows = rows_of(
        [
            header,
            ["Fire\nin a kitchen", None, 3, 5],
            ["Flood\n" + long, "the event", 3, 5],
            [long, None, 3, 5],
        ]
    )
    assert [row.title for row in rows[:2]] == ["Fire in a kitchen", "Flood"]
    assert rows[0].event == "Fire\nin a kitchen"
    assert rows[1].event == f"Flood\n{long.strip()}\nthe event"
    assert len(rows[2].title) <= 300
    assert rows[2].title.endswith("word…")
    assert rows[2].message.startswith("The name is shortened; its whole text is in the event. ")


def test_words_become_our_codes_and_stay_as_text():
    header = [
        "Risk",
        "Category",
        "Area",
        "Source",
        "Department",
        "Risk response",
        "Owner",
        "Date identified",
        "Level",
        "Score",
        "Due date",
    ]
    rows = rows_of(
        [
            header,
            ["员工摔伤", "技术风险", "员工安全", "客户投诉", "OPS", "规避", "王五",
             dt.date(2026, 8, 6), "高", 12, "next week"],
            ["Fire at work", "Financial", "Space", "Dream", None, "Escalate", None,
             "2026年8月7日", None, None, None],
            ["Flood at work", None, None, None, None, "Mitigate", None, "2026-13-45", None, None, None],
            ["Storm at work", "Operational Risk", None, "Audit", None, "Transfer", None,
             dt.datetime(2026, 1, 2, 3, 4), None, None, None],  # noqa: DTZ001 (cells have no zone)
            ["Noise at work", "management", None, "audit", None, "Accept", None,
             "02/03/2026", None, None, None],
        ]
    )  # fmt: skip
    assert [row.category for row in rows] == [
        "technical",
        "management",
        "management",
        "operational",
        "management",
    ]
    assert [row.area for row in rows] == ["staff_safety", "", "", "", ""]
    assert [row.source for row in rows] == [
        "customer_complaint",
        "internal_record",
        "internal_record",
        "audit",
        "audit",
    ]
    assert [row.strategy for row in rows] == ["avoid", "", "mitigate", "transfer", "accept"]
    assert [row.identified_on for row in rows] == [
        dt.date(2026, 8, 6),
        dt.date(2026, 8, 7),
        None,
        dt.date(2026, 1, 2),
        None,
    ]
    assert [row.language for row in rows] == ["zh-hans", "en", "en", "en", "en"]
    assert (rows[0].department, rows[0].owner_text, rows[0].message) == (
        "OPS", "王五", "Without scores: the row has none.",
    )  # fmt: skip
    assert rows[0].file == {
        "category": "技术风险", "area": "员工安全", "source": "客户投诉", "department": "OPS",
        "strategy": "规避", "level": "高, 12", "due_on": "next week",
    }  # fmt: skip
    assert rows[1].message == (
        "Without scores: the row has none. Category: management by default, “Financial” is kept as text. "
        "Department: the register's department by default. "
        "Source: internal_record by default, “Dream” is kept as text."
    )


def test_damaged_text_and_error_cells():
    rows = rows_of(
        [
            ["Risk", "Cause", "Notes"],
            ["Fire at work", "smoke \ufffd", "x"],
            ["Flood at work", "rain", "#REF!"],
        ]
    )
    assert (rows[0].outcome, rows[0].message) == (
        "error",
        (
            "The text in column B was damaged by a wrong encoding. "
            "Save the original again as .xlsx, or as CSV in UTF-8."
        ),
    )
    assert rows[1].outcome == "create"
    assert rows[1].notes == ""
    assert "Column C holds #REF! and is left out." in rows[1].message


def test_json_of_a_row():
    [row] = rows_of([HEADER, ["1", "Fire at work", "smoke", 5, 3]])
    assert row.as_json("high") == {
        "row": 2, "outcome": "create", "title": "Fire at work", "probability": 5, "impact": 3,
        "level": "high", "message": row.message,
    }  # fmt: skip
    assert (row.file_number, row.file_status, row.file_level) == ("1", "", "")
