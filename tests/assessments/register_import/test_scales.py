"""What is decided without asking, what is asked, and what the answers do."""

import pytest

from assessments.register_import.evidence import Evidence, evidence_in, third_factor
from assessments.register_import.plan import describe
from assessments.register_import.values import (
    is_scale_word,
    look,
    names_a_risk,
    number_of,
    share_of_names,
    value_key,
    word_score,
)
from riskhub.imports.sheets import Flaw
from tests.riskhub.imports.made_files import workbook


def plan_of(values, scales=None, names=("Likelihood", "Impact"), above=()):
    rows = [
        ["Risk", *names],
        *([f"Risk of kind {chr(65 + i)}", *pair] for i, pair in enumerate(values)),
    ]
    return describe(workbook([*above, *rows]), "a.xlsx", {"scales": scales or {}})


def pairs(plan):
    return [row.inherent for row in plan.rows]


WHOLE = "Whole numbers from 1 to 5 are taken as they stand."


@pytest.mark.parametrize(
    "values",
    [
        [(3, 5), (1, 2)],
        [("3", "5"), ("1.0", 2.0)],
        [(1, 1), (5, 1)],
    ],
)
def test_whole_numbers_to_five_are_taken(values):
    plan = plan_of(values)
    assert pairs(plan) == [(int(float(p)), int(float(i))) for p, i in values]
    assert plan.scales["impact"]["reason"] == WHOLE
    assert plan.mapping["scales"] == {"probability": "1-5", "impact": "1-5"}
    assert not plan.undecided


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([(1, 4), (2, 3)], "No number is above 4: the file's scale may have 4 steps instead of 5."),
        ([(1, 3), (2, 2)], "No number is above 3: the file's scale may have 3 steps instead of 5."),
        ([(2, 4)] * 8, "No number is above 4: the file's scale may have 4 steps instead of 5."),
        ([(3, 4)], "No number is above 4: the file's scale may have 4 steps instead of 5."),
        ([(4, 2), (1, 2)], "No number is above 4: the file's scale may have 4 steps instead of 5."),
        ([(1, 3)], "No number is above 3: the file's scale may have 3 steps instead of 5."),
        ([(2, 1)], "No number is above 2: the file's scale may have 3 steps instead of 5."),
        ([(1, 1)], "No number is above 1: the file's scale may have 3 steps instead of 5."),
        ([(3, 8), (5, 2)], "The numbers go from 2 to 8."),
        ([(0, 3), (5, 2)], "The numbers go from 0 to 5."),
    ],
)
def test_other_whole_numbers_are_asked(values, reason):
    plan = plan_of(values)
    assert set(pairs(plan)) == {None}
    assert {row.outcome for row in plan.rows} <= {"error", "same"}
    assert plan.scales["probability"]["reason"] == reason
    assert plan.undecided


@pytest.mark.parametrize(
    ("name", "decided"),
    [
        ("Likelihood (1-5)", True),
        ("Likelihood 1 = rare 5 = certain", True),
        ("Likelihood /5", True),
        ("Likelihood (1-4)", False),
        ("Likelihood (0-5)", False),
        ("Likelihood (1 low to 10 high)", False),
        ("Likelihood out of 10", False),
        ("Likelihood (1 very high - 5 very low)", False),
        ("发生概率，1-很高，5-很低", False),
        ("可能性（1～5）", True),
        ("可能性（1至3）", False),
    ],
)
def test_the_name_of_the_column_is_evidence(name, decided):
    plan = plan_of(
        [(1, 4), (2, 3)],
        names=(name, name.replace("Likelihood", "Impact").replace("可能性", "影响程度")),
    )
    assert [pair is not None for pair in pairs(plan)] == [decided, decided]


def test_a_square_named_above_the_table_is_evidence():
    assert pairs(plan_of([(1, 4), (2, 3)], above=[["Our 5 x 5 matrix"], []])) == [(1, 4), (2, 3)]
    assert pairs(plan_of([(3, 5)], above=[["4×4 matrix"], []])) == [None]


def test_the_residual_column_is_evidence_too():
    rows = [
        ["Risk", "Residual likelihood (1-5)", "Residual impact (1-5)"],
        ["Fire in a kitchen", 2, 3],
    ]
    assert pairs(describe(workbook(rows), "a.xlsx")) == [(2, 3)]
    rows[0] = ["Risk", "Residual likelihood", "Residual impact"]
    assert pairs(describe(workbook(rows), "a.xlsx")) == [None]


def test_evidence_in_texts():
    assert evidence_in("Impact (2020-2021)") == Evidence()
    assert evidence_in("x", ["a 5x4 grid", "10x10"]) == Evidence(1, 10)
    assert third_factor(["S", "O", "Risk"]) == Evidence()
    assert (
        str(evidence_in("Likelihood (1 = very high)").against)
        == "The file counts from 1 as the highest step."
    )


def test_a_failure_analysis_is_asked():
    rows = [
        ["Failure mode", "S", "O", "D", "RPN"],
        ["Bracket cracks", 5, 3, 2, 30],
        ["Bolt gets loose", 2, 4, 3, 24],
    ]
    plan = describe(workbook(rows), "a.xlsx")
    assert plan.scales["impact"]["reason"] == (
        "The column “D” belongs to a method with three factors, with other steps."
    )
    assert {row.outcome for row in plan.rows} == {"error"}


def test_words_are_suggested_and_asked():
    plan = plan_of(
        [("High", "严重"), ("low", "轻微"), ("4 - Likely", "Major (4)"), ("often-ish", "?")]
    )
    likelihood = plan.scales["probability"]
    assert likelihood["suggested"] == {"High": 4, "low": 2, "4 - Likely": 4}
    assert likelihood["undecided"] == ["High", "low", "4 - Likely", "often-ish"]
    assert likelihood["values"] == {"High": 1, "low": 1, "4 - Likely": 1, "often-ish": 1}
    assert (likelihood["kind"], likelihood["choices"], likelihood["key"]) == (
        "words",
        [1, 2, 3, 4, 5],
        "scales.probability",
    )
    assert plan.scales["impact"]["suggested"] == {"严重": 4, "轻微": 2, "Major (4)": 4}
    assert [row.outcome for row in plan.rows] == ["error"] * 4


def test_answers_hold_for_every_spelling():
    plan = plan_of(
        [(" HIGH", "高"), ("high", "Ｈ"), ("Low", "低")],
        {"probability": {"High": 4, "Low": 2}, "impact": {"高": 4, "h": 4, "低": 1}},
    )
    assert pairs(plan) == [(4, 4), (4, 4), (2, 1)]


def test_only_rows_with_an_open_value_are_errors():
    plan = plan_of([("High", 5), ("Odd", 5), ("Low", 3)], {"probability": {"High": 4, "Low": 2}})
    assert [row.outcome for row in plan.rows] == ["create", "error", "create"]
    assert plan.rows[1].message == (
        "Probability “Odd” in column B has no agreed score. "
        'Choose 1 (lowest), 2, 3, 4 or 5 (highest) and set scales.probability["Odd"] in the mapping.'
    )


def test_bands_belong_to_their_lower_limit():
    bands = {"bands": [0.2, 0.4, 0.6, 0.8], "range": [0, 1]}
    values = [(0, 5), (0.19, 5), (0.2, 5), ("40%", 5), ("0,6", 5), (0.8, 5), (1, 5)]
    plan = plan_of(values, {"probability": bands})
    assert [pair[0] for pair in pairs(plan)] == [1, 1, 2, 3, 4, 5, 5]
    over = plan_of([(1.5, 5), (0.5, 5)], {"probability": bands})
    assert pairs(over) == [None, (3, 5)]
    assert over.rows[0].message == (
        "Probability “1.5” in column B has no agreed score. "
        'Choose 1 (lowest), 2, 3, 4 or 5 (highest) and set scales.probability["1.5"], '
        "or the limits of the steps in scales.probability.bands, in the mapping."
    )


@pytest.mark.parametrize(
    ("values", "kind", "bands"),
    [
        ([0.1, 0.5], "fractions", [0.2, 0.4, 0.6, 0.8]),
        (["10%", "80%"], "fractions", [0.2, 0.4, 0.6, 0.8]),
        (["100%", "100 %"], "fractions", [0.2, 0.4, 0.6, 0.8]),
        ([3, 8], "integers", [2.0, 4.0, 6.0, 8.0]),
        ([2.5, 8], "numbers", [2.0, 4.0, 6.0, 8.0]),
        ([15, 80], "integers", [20.0, 40.0, 60.0, 80.0]),
        ([1500, 80], "integers", None),
        (["3", "odd"], "mixed", None),
    ],
)
def test_limits_are_suggested(values, kind, bands):
    scale = plan_of([(value, 5) for value in values]).scales["probability"]
    assert (scale["kind"], scale["suggested_bands"]) == (kind, bands)


def test_fewer_steps_are_spread_in_the_suggestion():
    assert plan_of([(1, 4), (2, 3)]).scales["impact"]["suggested"] == {"4": 5, "3": 4}
    assert plan_of([(1, 4), (3, 3)]).scales["probability"]["suggested"] == {"1": 1, "3": 4}
    names = ("Likelihood (1-4)", "Impact (1-4)")
    assert plan_of([(1, 3)], names=names).scales["impact"]["suggested"] == {"3": 4}
    assert plan_of([(2, 1)]).scales["probability"]["suggested"] == {"2": 3}
    assert plan_of([(1, 3), (2, 2)]).scales["impact"]["suggested"] == {"3": 4, "2": 3}
    assert plan_of([(3, 5), ("high", 2)]).scales["probability"]["suggested"] == {"3": 3, "high": 4}


def test_same_steps_by_answer_leave_other_values_open():
    plan = plan_of([(1, 4), (2.5, 3), (6, 3)], {"probability": "1-5", "impact": "1-5"})
    assert pairs(plan) == [(1, 4), None, None]


def test_null_in_an_answer_means_not_rated():
    plan = plan_of(
        [("n/k", "n/k"), (3, 5)],
        {"probability": {"n/k": None, "3": 3}, "impact": {"n/k": None, "5": 5}},
    )
    assert pairs(plan) == [None, (3, 5)]
    assert plan.rows[0].outcome == "create"


@pytest.mark.parametrize("blank", ["", "-", "N/A", "TBD", "待定", "–"])
def test_marks_for_nothing_are_no_scores(blank):
    plan = plan_of([(blank, blank), (3, 5)])
    assert pairs(plan) == [None, (3, 5)]
    assert plan.rows[0].message.startswith("Without scores: the row has none.")


def test_errors_of_the_file_are_named():
    rows = [
        ["Risk", "Likelihood", "Impact"],
        ["Fire in a kitchen", "=1+1", 5],
        ["Flood in a cellar", 2, 5],
    ]
    plan = describe(workbook(rows), "a.xlsx")
    assert plan.rows[0].message == (
        "Probability: column B holds a formula that was never calculated. "
        "Open the file in a spreadsheet program and save it again."
    )
    rows[1][1] = "#N/A"
    assert describe(workbook(rows), "a.xlsx").rows[0].message == (
        "Probability: column B holds the error #N/A. Correct it in the file."
    )


def test_single_values():
    assert [value_key(cell) for cell in (" High\n risk", 3.0, "3", "3,50", None, "n/a", Flaw("#N/A"))] == [
        "high risk", "3", "3", "3.5", "", "", "#n/a",
    ]  # fmt: skip
    assert [number_of(cell) for cell in (True, "40 %", "-1", "x", None)] == [
        None,
        0.4,
        -1.0,
        None,
        None,
    ]
    assert [word_score("impact", cell) for cell in ("Very-High", "轻微", "zzz")] == [5, 2, None]
    assert word_score("probability", "(2) unlikely") == 2
    assert [is_scale_word(cell) for cell in ("Medium at first", "高", "rare event", "house", 3)] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert [names_a_risk(cell) for cell in ("Fire", "R-01", "高", 3, "a", "漏水")] == [
        True, False, False, False, False, True,
    ]  # fmt: skip
    assert share_of_names(["Fire", None, "R1"]) == 0.5
    assert share_of_names([None]) is None


@pytest.mark.parametrize(
    ("cells", "seen"),
    [
        ([None, "", "-"], "empty"),
        (["High", 3, None], "scores"),
        (["Users cannot see the page", "Data are lost for good"], "text"),
        (["工期", "费用", "质量", "口碑"], "text"),
        (["工期", "费用"], "unclear"),
        (["工期", "费用", "工期", "工期", "工期"], "unclear"),
    ],
)
def test_how_a_column_looks(cells, seen):
    assert look(cells) == seen
