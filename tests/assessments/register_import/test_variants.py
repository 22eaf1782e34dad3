"""Registers of other shapes: other names, orders, languages, delimiters and header rows."""

import pytest

from assessments.register_import.plan import describe
from tests.riskhub.imports.made_books import ods, xls
from tests.riskhub.imports.made_files import csv_text, mapped, workbook

HOUSE = [
    [
        "序号",
        "责任部门",
        "风险点",
        "后果严重程度(1-5)",
        "可能性(1-5)",
        "可能导致的后果",
        "风险值",
        "管控措施",
        "责任人",
    ],
    [
        "1",
        "家庭保洁组",
        "客户家中地面湿滑",
        "4",
        "3",
        "人员摔伤",
        "12",
        "铺设防滑垫；提示客户",
        "张三",
    ],
    ["2", "家庭保洁组", "高空擦窗坠落", "5", "2", "人员死亡", "10", "使用安全绳", "李四"],
]
COUNCIL = [
    ["Corporate risk register", None, None],
    [],
    [None, None, "Gross risk", None, None, "Net risk", None, None, "Target"],
    ["Ref", "Risk Description", "L", "I", "Score", "L", "I", "Score", "L", "I", "Lead"],
    ["CR1", "Failure to deliver savings", 4, 5, 20, 3, 4, 12, 2, 3, "CFO"],
    ["CR2", "Attack on the network", 5, 5, 25, 4, 5, 20, 2, 5, "CIO"],
]
MERGED = [
    ["No", "Hazard", "Before controls", None, "After controls", None, "Status"],
    [None, None, "Likelihood", "Severity", "Likelihood", "Severity"],
    [1, "Slip on a wet floor", 4, 5, 2, 4, "Open"],
    [2, "Gas leak in a home", 1, 5, 1, 5, "Open"],
]
DIMENSIONS = [
    ["风险登记册"],
    [
        "风险编号",
        "风险说明书",
        "概率",
        "影响",
        None,
        None,
        "等级",
        "修订后的概率",
        "修订后的影响",
        None,
        None,
        "责任方",
    ],
    [None, None, None, "质量", "进度", "成本", None, None, "质量", "进度", "成本"],
    ["R1", "需求变更频繁", "高", "低", "高", "中", "高", "中", "低", "中", "低", "王五"],
]
WORDS = {"高": 4, "中": 3, "低": 2}


def summary(plan):
    assert plan.refused is None, str(plan.refused)
    return [(row.outcome, row.title, row.inherent, row.residual) for row in plan.rows]


def test_semicolons_in_gb18030_with_other_names_and_order():
    plan = describe(csv_text(HOUSE, ";").encode("gb18030"), "登记表.csv")
    assert summary(plan) == [
        ("create", "客户家中地面湿滑", (3, 4), (3, 4)), ("create", "高空擦窗坠落", (2, 5), (2, 5)),
    ]  # fmt: skip
    row = plan.rows[0]
    assert (row.department, row.owner_text, row.consequence) == ("家庭保洁组", "张三", "人员摔伤")
    assert (row.measures, row.file_level, row.file_number) == ("铺设防滑垫；提示客户", "12", "1")


def test_two_pairs_under_a_spanning_row():
    plan = describe(workbook(COUNCIL), "a.xlsx")
    assert (plan.header_row, plan.mapping["columns"]["probability"]) == (4, "C")
    assert summary(plan) == [
        ("create", "Failure to deliver savings", (4, 5), (3, 4)),
        ("create", "Attack on the network", (5, 5), (4, 5)),
    ]
    assert plan.rows[0].file_level == "20"


def test_two_pairs_in_a_second_header_row():
    plan = describe(workbook(MERGED), "a.xlsx")
    assert plan.header_row == 1
    assert summary(plan) == [
        ("create", "Slip on a wet floor", (4, 5), (2, 4)), ("create", "Gas leak in a home", (1, 5), (1, 5)),
    ]  # fmt: skip


def test_the_worst_of_several_dimensions():
    plan = describe(
        workbook(DIMENSIONS), "a.xlsx", {"scales": {"probability": WORDS, "impact": WORDS}}
    )
    assert plan.mapping["columns"]["impact"] == ["D", "E", "F"]
    assert summary(plan) == [("create", "需求变更频繁", (4, 4), (3, 3))]


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (["高", "低", "中"], "impact"),
        (["用户无法查看文档", "用户不再信任平台", "文档无法打开"], "consequence"),
    ],
)
def test_an_ambiguous_name_is_settled_by_its_values(cells, field):
    titles = ["甲设备损坏", "乙设备损坏", "丙设备损坏"]
    rows = [["风险描述", "影响"], *zip(titles, cells, strict=True)]
    plan = describe(workbook(rows), "a.xlsx", {"columns": {}})
    assert mapped(plan) == {"title": "风险描述", field: "影响"}


def test_an_ambiguous_name_that_its_values_do_not_settle_is_asked():
    rows = [["风险描述", "概率", "影响"], ["甲设备损坏", 3, "工期"], ["乙设备损坏", 5, "费用"]]
    plan = describe(workbook(rows), "a.xlsx")
    assert [row.outcome for row in plan.rows] == ["error", "error"]
    assert plan.rows[0].message.endswith(
        "Column C “影响” may hold the impact's score or the consequence in words. "
        "Set columns.impact or columns.consequence to it in the mapping."
    )
    rows.append(["丙设备损坏", None, None])
    assert describe(workbook(rows), "a.xlsx").rows[2].outcome == "create"
    scored = {"scales": {"impact": {"工期": 3, "费用": 4}}}
    assert [row.inherent for row in describe(workbook(rows), "a.xlsx", scored).rows] == [
        (3, 3),
        (5, 4),
        None,
    ]
    answer = {"columns": {"consequence": "影响", "probability": None}}
    assert [row.consequence for row in describe(workbook(rows), "a.xlsx", answer).rows] == [
        "工期", "费用", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (
            ["Risk", "Impact", "Impact level", "Probability"],
            {"impact": "Impact level", "consequence": "Impact"},
        ),
        (["Risk", "Severity", "Impact", "Probability"], {"impact": "Impact", "level": "Severity"}),
    ],
)
def test_a_doubtful_column_beside_a_sure_one(header, columns):
    values = {
        "Impact": "people are hurt" if "level" not in columns else 4,
        "Impact level": 4,
        "Severity": 3,
        "Probability": 5,
    }
    rows = [
        header,
        *([f"Fire in room {letter}", *(values[name] for name in header[1:])] for letter in "abc"),
    ]
    plan = describe(workbook(rows), "a.xlsx")
    assert mapped(plan) == {"title": "Risk", "probability": "Probability", **columns}
    assert plan.rows[0].inherent == (5, 4)


def test_inherent_and_unnamed_columns_make_two_pairs():
    rows = [
        ["Risk", "Inherent likelihood", "Inherent impact", "Likelihood", "Impact"],
        ["Fire at work", 5, 5, 2, 4],
    ]
    assert summary(describe(workbook(rows), "a.xlsx")) == [
        ("create", "Fire at work", (5, 5), (2, 4))
    ]
    rows[0] = [
        "Risk",
        "Inherent likelihood",
        "Inherent impact",
        "Current likelihood",
        "Current impact",
    ]
    assert summary(describe(workbook(rows), "a.xlsx")) == [
        ("create", "Fire at work", (5, 5), (2, 4))
    ]
    rows[0] = ["Risk", "Current likelihood", "Current impact", "Target likelihood", "Target impact"]
    assert summary(describe(workbook(rows), "a.xlsx")) == [
        ("create", "Fire at work", (5, 5), (5, 5))
    ]


def test_words_beside_numbers_of_the_same_axis():
    rows = [
        ["Risk", "Likelihood", "Likelihood score", "Impact", "Impact score"],
        ["Fire at work", "High", 4, "Low", 5],
    ]
    assert summary(describe(workbook(rows), "a.xlsx")) == [
        ("create", "Fire at work", (4, 5), (4, 5))
    ]


def test_prose_in_a_score_column_is_no_score():
    text = "It happened twice in the last ten years and is sure to happen again some day soon."
    rows = [
        ["Risk", "Likelihood", "Severity score"],
        ["Fire at work", text, text],
        ["Flood at work", text + "!", text],
    ]
    plan = describe(workbook(rows), "a.xlsx")
    assert mapped(plan) == {
        "title": "Risk",
        "notes": "Likelihood",
        "consequence": "Severity score",
    }


def test_the_lec_method_is_no_pair():
    rows = [["危险源", "L", "E", "C", "D", "级别"], ["地面湿滑", 3, 6, 3, 54, "一般"]]
    plan = describe(workbook(rows), "a.xlsx")
    assert mapped(plan) == {"title": "危险源", "level": "级别"}


def test_codes_under_risk_and_texts_under_description():
    rows = [
        ["Risk", "Description", "Likelihood", "Impact"],
        ["R-01", "Fire in a kitchen", 3, 5],
        ["R-02", "Flood in a cellar", 2, 4],
    ]
    assert [row.title for row in describe(workbook(rows), "a.xlsx").rows] == [
        "Fire in a kitchen",
        "Flood in a cellar",
    ]


def test_the_register_on_the_third_sheet_below_a_legend():
    notes = [["Scale"], ["Level", "Description", "Impact"], ["High", "above half", 3]]
    legend = [
        [None, None, "Legend"],
        [None, None, 1, "Rare"],
        [],
        [None, None, "Risk", "Likelihood", "Impact", "Owner"],
    ]
    rows = [[None, None, f"Fire in room {letter}", 2, 5, "Ann"] for letter in "abc"]
    hidden = [["Risk", "Likelihood", "Impact", "Owner", "Status"]] + [
        [f"Old risk {n}x", 1, 5, "Bob", "x"] for n in "abcdefg"
    ]
    data = workbook(
        ("About", [["Our company"]]),
        ("Scales", notes),
        ("Log", legend + rows),
        ("Old", hidden),
        hidden={"Old"},
    )
    plan = describe(data, "a.xlsx")
    assert (plan.sheet, plan.header_row, len(plan.rows)) == ("Log", 4, 3)
    assert plan.sheets == ("About", "Scales", "Log", "Old")
    assert describe(data, "a.xlsx", {"sheet": "old"}).sheet == "Old"


def test_numbers_of_rows_count_blank_lines_of_a_text():
    text = (
        "Our register\n\nRisk;Likelihood;Impact\nFire at work;3;5\n\n"
        '"Flood\nat work";2;4\nStorm at work;1;5\n'
    )
    plan = describe(text.encode(), "a.csv")
    assert [(row.row, row.outcome) for row in plan.rows] == [
        (4, "create"),
        (5, "ignored"),
        (6, "create"),
        (7, "create"),
    ]
    assert (plan.sheet, plan.header_row, plan.mapping["sheet"]) == (None, 3, None)


def test_levels_are_the_callers():
    rows = [["Risk", "Likelihood", "Impact"], ["Fire at work", 3, 5]]
    found = describe(workbook(rows), "a.xlsx").as_json(lambda row: f"{row.probability}{row.impact}")
    assert [row["level"] for row in found["rows"]] == ["35"]
    assert list(found) == ["file", "sheet", "header_row", "mapping", "scales", "refused", "rows"]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods"])
@pytest.mark.parametrize("rows", [HOUSE, COUNCIL, MERGED])
def test_the_kind_of_the_workbook_makes_no_difference(rows, name):
    made = {"a.xlsx": workbook, "a.xls": xls, "a.ods": ods}[name]
    filled = [row or [None] for row in rows]
    plan, text = (
        describe(made(("Risks", filled)), name),
        describe(workbook(("Risks", filled)), "a.xlsx"),
    )
    assert mapped(plan) == mapped(text)
    assert plan.rows == text.rows
    assert [row.outcome for row in plan.rows].count("create") >= 1
