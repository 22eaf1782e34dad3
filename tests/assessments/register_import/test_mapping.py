"""The mapping file: its keys, and what is refused by name."""

import pytest

from assessments.register_import.fields import FIELDS
from assessments.register_import.mapping import MappingError, parse_mapping
from assessments.register_import.plan import describe
from tests.riskhub.imports.made_files import REGISTER, mapped, workbook

FILE = workbook(("Risks", REGISTER), ("Other", [["x"]]))


def test_a_whole_mapping():
    mapping = parse_mapping(
        {
            "sheet": "Risks",
            "header_row": 19,
            "columns": {"title": "Risk", "impact": 6, "measures": ["J", "K"], "notes": None},
            "scales": {
                "probability": "1-5",
                "impact": {
                    "High ": 4,
                    "3": 3,
                    "n/k": None,
                    "bands": [2, 4, 6, 8],
                    "range": [0, 10],
                },
            },
            "defaults": {"category": "technical", "department": "OPS", "source": None},
        }
    )
    assert (mapping.sheet, mapping.header_row) == ("Risks", 19)
    assert mapping.columns == {
        "title": ("Risk",),
        "impact": (6,),
        "measures": ("J", "K"),
        "notes": None,
    }
    assert mapping.scales["probability"].is_same
    impact = mapping.scales["impact"]
    assert impact.scores == {"high": 4, "3": 3, "n/k": None}
    assert (impact.bands, impact.limits) == ((2.0, 4.0, 6.0, 8.0), (0.0, 10.0))
    assert mapping.defaults == {"category": "technical", "department": "OPS", "source": None}
    assert parse_mapping(None) == parse_mapping({})


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ([], "The key mapping in the mapping is an object of names and values."),
        ({1: 2}, "The key mapping in the mapping is an object of names and values."),
        (
            {"colums": {}},
            ("The mapping has the unknown key colums. "
             "Known are: sheet, header_row, columns, scales, defaults."),
        ),
        (
            {"columns": {"likelihood": "A"}},
            "The mapping has the unknown key columns.likelihood. Known are:",
        ),
        (
            {"scales": {"level": {}}},
            "The mapping has the unknown key scales.level. Known are: probability, impact.",
        ),
        ({"defaults": {"owner": "x"}}, "The mapping has the unknown key defaults.owner."),
        ({"sheet": 3}, "The key sheet in the mapping is a text or null."),
        ({"header_row": 0}, "The key header_row in the mapping is a row number from 1."),
        ({"header_row": True}, "The key header_row in the mapping is a row number from 1."),
        (
            {"columns": {"title": []}},
            "The key columns.title in the mapping is a column's name, letter or number",
        ),
        (
            {"columns": {"title": 1.5}},
            "The key columns.title in the mapping is a column's name, letter or number",
        ),
        ({"scales": {"impact": "1-4"}}, "The key scales.impact in the mapping is “1-5” or an object"),
        (
            {"scales": {"impact": {"High": 6}}},
            'scales.impact["High"] in the mapping is a score: 1, 2, 3, 4, 5 or null.',
        ),
        ({"scales": {"impact": {"High": True}}}, 'scales.impact["High"] in the mapping is a score'),
        (
            {"scales": {"impact": {"bands": [1, 2, 3]}}},
            "The key scales.impact.bands in the mapping is a list of 4 rising numbers.",
        ),
        (
            {"scales": {"impact": {"bands": [1, 2, 2, 3]}}},
            "The key scales.impact.bands in the mapping is a list of 4 rising numbers.",
        ),
        (
            {"scales": {"impact": {"bands": "x"}}},
            "The key scales.impact.bands in the mapping is a list of 4 rising numbers.",
        ),
        (
            {"scales": {"impact": {"range": [1, "a"]}}},
            "The key scales.impact.range in the mapping is a list of 2 rising numbers.",
        ),
        (
            {"defaults": {"category": "other"}},
            "The key defaults.category in the mapping is one of: operational, technical, management.",
        ),
        ({"defaults": {"source": 4}}, "The key defaults.source in the mapping is a text or null."),
        (
            {"sheet": "Risk"},
            "The mapping's sheet is “Risk”, and the file has no such sheet. It has: Risks, Other.",
        ),
        ({"header_row": 40}, "The mapping's header_row is 40, and that row is empty."),
        (
            {"columns": {"impact": "Severity"}},
            ("The mapping's columns.impact is “Severity”, and row 1 has no such column. "
             "It has: A “Risk ID”, B “Risk”, C “Likelihood”, D “Impact”."),
        ),
        ({"columns": {"impact": 5}}, "The mapping's columns.impact is “5”, and row 1 has no such column."),
        (
            {"columns": {"impact": "ZZ"}},
            "The mapping's columns.impact is “ZZ”, and row 1 has no such column.",
        ),
    ],
)  # fmt: skip
def test_a_wrong_mapping_is_refused_naming_the_key(mapping, sentence):
    with pytest.raises(MappingError) as refused:
        describe(FILE, "a.xlsx", mapping)
    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize("column", ["Impact", " impact ", "D", 4, ["D"]])
def test_a_column_by_name_letter_or_number(column):
    plan = describe(FILE, "a.xlsx", {"columns": {"impact": column, "title": "B"}})
    assert [row.inherent for row in plan.rows] == [(3, 5), (1, 4)]
    assert plan.mapping["columns"]["impact"] == "Impact"


def test_null_switches_a_suggested_column_off():
    plan = describe(FILE, "a.xlsx", {"columns": {"probability": None, "impact": None}})
    assert [row.inherent for row in plan.rows] == [None, None]
    assert mapped(plan) == {"title": "Risk", "number": "Risk ID"}


def test_the_mapping_in_effect_names_every_field():
    plan = describe(FILE, "a.xlsx")
    assert plan.mapping == {
        "sheet": "Risks",
        "header_row": 1,
        "columns": dict.fromkeys(FIELDS)
        | {"title": "Risk", "number": "Risk ID", "probability": "Likelihood", "impact": "Impact"},
        "scales": {"probability": "1-5", "impact": "1-5"},
        "defaults": {"category": "management", "department": None, "source": "internal_record"},
    }
    asked = describe(workbook([["Risk", "Impact"], ["Fire at work", "odd"]]), "a.xlsx")
    assert dict.fromkeys(FIELDS).keys() - asked.mapping["columns"].keys() == {
        "impact",
        "consequence",
    }


def test_a_header_row_and_a_column_that_nothing_suggests():
    rows = [["Register"], ["A", "B", "C"], ["Slips on wet floors", 3, 5]]
    mapping = {"header_row": 2, "columns": {"title": 1, "probability": "B", "impact": "C"}}
    plan = describe(workbook(rows), "a.xlsx", mapping)
    assert [(row.row, row.title, row.inherent) for row in plan.rows] == [
        (3, "Slips on wet floors", (3, 5))
    ]
    assert mapped(plan) == {"title": "A", "probability": "B", "impact": "C"}


def test_a_header_row_without_names():
    mapping = {"header_row": 1}
    plan = describe(workbook([["x", "y"], ["Slips", 1]]), "a.xlsx", mapping)
    assert str(plan.refused) == (
        "Sheet “Sheet1”, row 1, column A: none of the columns has the names of the risks. "
        "Name it “Risk” or “风险描述”, or set columns.title in the mapping."
    )


def test_defaults_of_the_mapping():
    mapping = {"defaults": {"category": "technical", "department": "家庭保洁组", "source": "audit"}}
    row = describe(FILE, "a.xlsx", mapping).rows[0]
    assert (row.category, row.department, row.source) == ("technical", "家庭保洁组", "audit")
    assert row.message == (
        "Category: technical by default. Department: 家庭保洁组 by default. Source: audit by default."
    )


@pytest.mark.parametrize("name", ["Impact (1-5)", "Impact score (1-5)", "Inherent impact (1-5)"])
def test_a_consequence_that_begins_like_a_scale_is_no_second_impact(name):
    rows = [
        ["Risk", "Likelihood (1-5)", name, "Consequence"],
        ["Fire at work", 3, 4, "Serious injury"],
        ["Flood at work", 2, 3, "High costs"],
    ]
    plan = describe(workbook(rows), "a.xlsx")
    assert [(row.inherent, row.residual, row.consequence) for row in plan.rows] == [
        ((3, 4), (3, 4), "Serious injury"),
        ((2, 3), (2, 3), "High costs"),
    ]
