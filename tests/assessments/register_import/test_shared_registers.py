"""Every real register of ../shared/data: imported as expected, or refused with the reason it deserves."""

import json

import pytest

from assessments.register_import.plan import describe
from tests.assessments.register_import.shared_registers import (
    DATA,
    REFUSED,
    REGISTERS,
    need_shared_data,
)

pytestmark = pytest.mark.usefixtures("shared_data")
SCORED = [
    register
    for register in REGISTERS
    if register.register not in {"en_govan_text_only", "zh_xym_5x5_template"}
]
by_name = pytest.mark.parametrize("expected", REGISTERS, ids=lambda register: register.register)
by_scored = pytest.mark.parametrize("expected", SCORED, ids=lambda register: register.register)


@pytest.fixture
def shared_data():
    need_shared_data()


def plan_of(expected, mapping=None):
    return describe(expected.path, expected.file, mapping)


def outcomes(plan, outcome):
    return [row for row in plan.rows if row.outcome == outcome]


def test_the_table_names_every_register():
    named = {register.register for register in REGISTERS} | {name for name, _file, _why in REFUSED}
    assert named == {path.name for path in (DATA / "registers").iterdir()}
    assert len(named) == 13


@by_name
def test_with_the_scales_answered(expected):
    plan = plan_of(expected, {"scales": expected.scales})
    assert plan.refused is None
    assert (plan.file, plan.sheet, plan.header_row) == (
        expected.file,
        expected.sheet,
        expected.header_row,
    )
    assert len(outcomes(plan, "create")) == expected.created
    assert tuple(row.row for row in outcomes(plan, "error")) == expected.errors
    assert len(outcomes(plan, "ignored")) == expected.ignored
    assert outcomes(plan, "same") == []


@by_name
def test_without_answers_nothing_is_guessed(expected):
    plan = plan_of(expected)
    assert len(outcomes(plan, "error")) == expected.undecided_without
    for row in outcomes(plan, "error"):
        assert "Choose 1 (lowest), 2, 3, 4 or 5 (highest) and set scales." in row.message
        assert row.inherent is None
    if expected.undecided_without:
        assert outcomes(plan, "create") == []


@by_name
def test_the_effective_mapping_gives_the_same_rows_again(expected):
    plan = plan_of(expected, {"scales": expected.scales})
    again = plan_of(expected, json.loads(json.dumps(plan.mapping)))
    for key in ("sheet", "header_row", "mapping", "rows"):
        assert again.as_json()[key] == plan.as_json()[key]
    assert [row.fingerprint for row in again.rows] == [row.fingerprint for row in plan.rows]


@by_scored
def test_titles_and_scores_are_the_published_ones(expected):
    plan = plan_of(expected, {"scales": expected.scales})
    truth = expected.expected_rows
    assert truth["header_row_1based"] == plan.header_row
    assert truth["sheet"] == plan.sheet
    rows = [row for row in plan.rows if row.title]
    assert len(rows) == truth["n"]
    for row, told in zip(rows, truth["rows"], strict=True):
        assert row.title == told["title"]
        if row.outcome == "create":
            check_scores(row, told, plan)
            check_texts(row, told)


def check_scores(row, told, plan):
    worth = {axis: scale["decided"] for axis, scale in plan.scales.items()}
    probability = worth["probability"][str(told.get("likelihood", told.get("probability")))]
    impact = worth["impact"][str(told["impact"])]
    assert row.inherent == (probability, impact) == (row.probability, row.impact)
    if "residual_likelihood" in told:
        probability = worth["probability"][str(told["residual_likelihood"])]
        impact = worth["impact"][str(told["residual_impact"])]
    assert row.residual == (probability, impact)
    assert row.is_unlinked == (row.residual != row.inherent)
    assert ("imported, controls not linked" in row.message) == row.is_unlinked


def check_texts(row, told):
    if not str(told["id"]).startswith("row"):
        assert row.file_number == str(told["id"])
    assert row.file_status == (told.get("status") or "")
    said = {
        "cause": row.cause,
        "consequence": row.consequence,
        "owner": row.owner_text or None,
        "group": row.file.get("group"),
        "category": row.file.get("category"),
        "measure": row.measures,
        "mitigation": row.measures,
        "trigger": row.trigger,
        "response": row.file.get("strategy"),
    }
    assert {name: said[name] for name in said if name in told} == {
        name: told[name] for name in said if name in told
    }
    level = [str(told[key]) for key in ("level", "rating", "score") if key in told]
    assert row.file_level == ", ".join(level)
    if "identified" in told:
        assert str(row.identified_on) == told["identified"]


@pytest.mark.parametrize(
    ("register", "file", "sentence"), REFUSED, ids=lambda value: str(value)[:24]
)
def test_files_that_are_no_register(register, file, sentence):
    plan = describe(DATA / "registers" / register / file, file)
    assert str(plan.refused) == sentence
    assert plan.as_json()["refused"] == sentence
    assert plan.rows == ()


def test_a_register_without_scores():
    [govan] = [register for register in REGISTERS if register.register == "en_govan_text_only"]
    plan = plan_of(govan)
    assert {row.inherent for row in plan.rows} == {None}
    first = plan.rows[0]
    assert first.title == "Potential escalated localized strikes, unrest, and labor protests"
    assert first.cause.splitlines()[0] == "Political drivers"
    assert plan.rows[1].event.count("\n") == 4
    assert all(len(row.title) <= 300 and row.event for row in plan.rows)


def test_the_template_with_one_risk():
    [xym] = [register for register in REGISTERS if register.register == "zh_xym_5x5_template"]
    plan = plan_of(xym)
    [row] = outcomes(plan, "create")
    assert (row.row, row.inherent, row.file_level, row.file_status) == (5, (5, 5), "25", "未识别")
    assert row.title.startswith("缺少开发人员，人员需求： Java软件工程师*2 IOS软件工程师*1")
    reasons = {row.row: row.message for row in outcomes(plan, "ignored")}
    assert reasons[6] == "No name of a risk in column B."
    assert reasons[14] == "Empty row."
    assert reasons[16] == "Column B holds a number, no name of a risk."
    assert reasons[22] == "Below the table: another table begins in row 22."


def test_headings_group_the_rows_below():
    [itm] = [register for register in REGISTERS if register.register == "en_itm_fieldwork_0to10"]
    plan = plan_of(itm, {"scales": itm.scales})
    assert plan.rows[0].message == "A heading of a group, no risk."
    assert {row.strategy for row in outcomes(plan, "create")} == {
        "",
        "accept",
        "mitigate",
        "transfer",
    }


def test_free_text_in_a_score_is_named():
    [hashim] = [register for register in REGISTERS if register.register == "en_hashim_hml"]
    plan = plan_of(hashim, {"scales": hashim.scales})
    [row] = outcomes(plan, "error")
    assert row.message == (
        "Impact “Medium at the beginning, gets higher with time” in column J has no agreed score. "
        "Choose 1 (lowest), 2, 3, 4 or 5 (highest) and set "
        'scales.impact["Medium at the beginning, gets higher with time"] in the mapping.'
    )
    assert plan.scales["impact"]["undecided"] == ["Medium at the beginning, gets higher with time"]
