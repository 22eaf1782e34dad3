"""What is asked before a file may be imported, and when nothing is left to ask."""

import pytest

from assessments.services.imports import import_now, lacking, open_questions, preview_run
from tests.assessments.uploads import ANSWERS, DEFAULTS, NUMBERS, SCALES, WORDS, uploaded


@pytest.fixture
def asked(register, risk_manager, clean):
    def ask(rows, mapping=None, **fields):
        run = uploaded(rows, by=risk_manager, mapping=mapping, **fields)
        preview = preview_run(run)
        return [str(question) for question in open_questions(preview)], lacking(preview)

    return ask


def test_scales_in_words_and_everything_the_file_lacks(asked):
    questions, missing = asked(WORDS)
    assert questions == [
        "The probability has values without a score: 3.",
        "The impact has values without a score: 2.",
        "Choose the category of the risks whose row names none.",
        "Choose the department of the risks whose row names none.",
        "Choose the source of the risks whose row names none.",
    ]
    assert missing == ["category", "department", "source"]


def test_with_all_answers_nothing_is_asked(asked):
    assert asked(WORDS, ANSWERS)[0] == []


def test_one_answer_leaves_the_others(asked):
    assert asked(WORDS, {"scales": SCALES, "defaults": {"category": "technical"}})[0] == [
        "Choose the department of the risks whose row names none.",
        "Choose the source of the risks whose row names none.",
    ]


def test_what_every_row_names_is_not_asked(asked):
    rows = [
        ["Risk", "Category", "Department", "Source"],
        ["Gas leak", "operational", "OPS", "audit"],
        ["Flood", "技术风险", "家庭保洁组", "客户投诉"],
    ]
    assert asked(rows) == ([], [])


NAMED = ["Risk", "Category", "Department", "Source"]


@pytest.mark.parametrize(
    ("row", "question", "missing"),
    [
        (
            ["Legal", "OPS", "audit"],
            "Choose the category for what is not known here: “Legal”.",
            "category",
        ),
        (
            ["technical", "不存在部", "audit"],
            "Choose the department for what is not known here: “不存在部”.",
            "department",
        ),
        (
            ["technical", "OPS", "a dream"],
            "Choose the source for what is not known here: “a dream”.",
            "source",
        ),
    ],
    ids=["category", "department", "source"],
)
def test_a_word_that_nobody_knows_is_asked_like_a_missing_one(asked, row, question, missing):
    rows = [NAMED, ["Gas leak", *row]]
    assert asked(rows) == ([question], [missing])
    assert asked(rows, {"defaults": DEFAULTS})[0] == []


def test_many_words_that_nobody_knows_are_named_in_short(asked):
    rows = [NAMED, *([f"Risk of {n}", "technical", f"D {n % 5}", "audit"] for n in range(9))]
    assert asked(rows)[0] == [
        "Choose the department for what is not known here: “D 0”, “D 1”, “D 2” and 2 more."
    ]
    beside = [*rows, ["Flood", "technical", "", "audit"]]
    assert asked(beside)[0] == ["Choose the department of the risks whose row names none."]


def test_a_column_in_doubt(asked):
    rows = [
        ["Risk", "Likelihood", "Consequence"],
        ["Gas leak in a home", 4, "bad"],
        ["Slips on wet floors", 5, "worse"],
        ["Late arrival", 1, "so so"],
        ["Fire", 1, 5],
        ["Flood", 1, 4],
        ["Theft", 1, 4],
    ]
    questions, _missing = asked(rows, {"defaults": DEFAULTS})
    assert questions == ["Say what column C is."]


def test_nothing_new_in_the_file(asked):
    rows = [["Risk", "Likelihood", "Impact"], ["Gas leak", 5, ""]]
    assert asked(rows, {"defaults": DEFAULTS})[0] == ["There is no new risk in the file."]


RATED = WORDS[:3]


@pytest.fixture
def imported(register, risk_manager):
    import_now(uploaded(RATED, by=risk_manager, mapping=ANSWERS), by=risk_manager)


@pytest.mark.usefixtures("imported")
def test_of_rows_that_are_there_nothing_is_asked(asked):
    words = "Nothing new: all 2 rows are in the register already."
    assert asked(RATED) == ([words], [])


@pytest.mark.usefixtures("imported")
def test_a_new_row_beside_them_is_asked_only_for_itself(asked):
    plain = [*RATED, ["4", "停电", "", "", "", "ops", "", ""]]
    assert asked(plain, {"defaults": DEFAULTS})[0] == []
    rated = [*RATED, ["4", "停电", "极高", "高", "", "ops", "", ""]]
    assert asked(rated, {"defaults": DEFAULTS})[0] == [
        "The probability has values without a score: 3.",
        "The impact has values without a score: 2.",
    ]


@pytest.mark.usefixtures("imported")
def test_an_error_that_no_score_lifts_asks_for_none(asked):
    half = [*RATED, ["4", "停电", 4, "", "", "ops", "", ""]]
    answers = {"defaults": DEFAULTS, "scales": {"probability": {"4": 4}}}
    assert asked(half, answers)[0] == ["There is no new risk in the file."]


@pytest.mark.usefixtures("imported")
def test_beside_them_a_row_without_a_name_asks_for_nothing(asked):
    nameless = [*RATED, ["4", "", "极高", "高", "", "ops", "", ""]]
    assert asked(nameless)[0] == ["There is no new risk in the file."]


def test_a_refused_file_asks_its_refusal(asked):
    questions, _missing = asked([["Risk", "Impact"]])
    assert len(questions) == 1
    assert questions[0].startswith("Row 1, column A: the column “Risk” has no risk below it")
    assert NUMBERS[0][0] == "Risk"
