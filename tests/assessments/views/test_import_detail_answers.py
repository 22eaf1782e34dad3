"""Answering the questions of a file: columns, scales, limits, defaults, another table."""

import pytest

from registers.models import Risk
from tests.assessments.events import events_of
from tests.assessments.pages import told
from tests.assessments.uploads import NUMBERS, WORDS, uploaded
from tests.assessments.wizard import filled, labels, page_of, post, rows_of
from tests.riskhub.imports.made_files import workbook

pytestmark = pytest.mark.django_db
TENTHS = [
    ["Risk", "Likelihood 0-10", "Impact 0-10"],
    ["Leak", 3, 8],
    ["Fire", 1, 10],
    ["Fall", 7, 2],
]


@pytest.fixture
def run(register, risk_manager):
    return uploaded(WORDS, by=risk_manager)


@pytest.fixture
def client(risk_manager, sign_in):
    return sign_in(risk_manager)


# ---------- answering ----------


def test_answers_are_kept_and_checked(run, client):
    page = client.get(page_of(run))
    values = filled(page, Category="operational", Department="OPS", Source="audit")
    for label, score in {"Probability “高”": 4, "Probability “中”": 3, "Probability “低”": 2,
                         "Impact “高”": 5, "Impact “低”": 1}.items():  # fmt: skip
        values |= {k: v for k, v in filled(page, **{label: str(score)}).items() if v == str(score)
                   and k.startswith(label.split()[0].lower())}  # fmt: skip
    page = post(client, run, values)
    assert (page.status_code, page["Location"], told(page)) == (
        302, page_of(run), ["Saved and checked."],
    )  # fmt: skip
    assert run.row_version == 2
    assert run.mapping["defaults"] == {
        "category": "operational", "department": "OPS", "source": "audit",
    }  # fmt: skip
    assert run.mapping["scales"] == {
        "probability": {"高": 4, "中": 3, "低": 2}, "impact": {"高": 5, "低": 1},
    }  # fmt: skip
    assert run.mapping["columns"]["title"] == [2]
    assert run.mapping["columns"]["contingency"] is None
    assert events_of(run)[-1]["action"] == "import.mapped"
    page = client.get(page_of(run))
    assert rows_of(page)[0] == (2, "New", "客户家中漏水", "critical")
    assert page.context["questions"] == []
    assert Risk.objects.count() == 0


def test_the_suggestions_are_taken_by_a_button(run, client):
    values = filled(client.get(page_of(run)))
    post(client, run, values | {"take": "suggested:probability"})
    assert run.mapping["scales"] == {"probability": {"高": 4, "低": 2, "中": 3}, "impact": {}}


def test_not_rated_is_an_answer(run, client):
    post(client, run, filled(client.get(page_of(run)), **{"Impact “低”": "none"}))
    assert run.mapping["scales"]["impact"] == {"低": None}
    assert labels(client.get(page_of(run)))["Impact “低”"] == "none"


def test_a_column_left_out_is_not_suggested_again(run, client):
    values = filled(client.get(page_of(run)), **{"H 等级": "", "E 责任人": "notes"})
    post(client, run, values)
    shown = labels(client.get(page_of(run)))
    assert (shown["H 等级"], shown["E 责任人"]) == ("", "notes")
    assert run.mapping["columns"]["owner"] is None


def test_several_columns_of_one_meaning(run, client):
    values = filled(client.get(page_of(run)), **{"G 状态": "notes", "H 等级": "notes"})
    post(client, run, values)
    assert run.mapping["columns"]["notes"] == [7, 8]


def test_without_a_name_of_the_risk(run, client):
    page = post(client, run, filled(client.get(page_of(run)), **{"B 风险名称": ""}))
    assert page.status_code == 422
    assert "Choose which column has the names of the risks." in page.text
    assert run.row_version == 1


def test_limits_for_numbers(register, risk_manager, client):
    run = uploaded(TENTHS, by=risk_manager)
    page = client.get(page_of(run))
    [block, _impact] = page.context["form"].scale_blocks
    assert block["question"].suggested_limits == ["2", "4", "6", "8"]
    names = [field.name for field in block["limits"]]
    values = filled(page)
    page = post(client, run, values | dict(zip(names, ["2", "4", "", "8"], strict=True)))
    assert page.status_code == 422
    assert page.text.count("Give all four limits, each above the one before.") == 2
    page = post(client, run, values | dict(zip(names, ["2", "4", "4", "8"], strict=True)))
    assert page.status_code == 422
    post(client, run, values | dict(zip(names, ["2", "4", "6.5", "8"], strict=True)))
    assert run.mapping["scales"] == {"probability": {"bands": [2.0, 4.0, 6.5, 8.0]}, "impact": {}}
    page = client.get(page_of(run))
    [block, _impact] = page.context["form"].scale_blocks
    assert [field.value() for field in block["limits"]] == ["2", "4", "6.5", "8"]
    assert {value.text: value.by_limits for value, _f, _s in block["rows"]} == {
        "1": 1, "3": 2, "7": 4,
    }  # fmt: skip
    post(client, run, filled(page) | {"take": "suggested:impact"})
    assert run.mapping["scales"]["impact"] == {"bands": [2.0, 4.0, 6.0, 8.0]}
    assert [row[3] for row in rows_of(client.get(page_of(run)))] == ["high", "high", "medium"]


def test_one_to_four_are_asked_and_may_stand(register, risk_manager, client):
    rows = [["Risk", "Likelihood", "Impact"], *([f"Gas leak {n}", n, n] for n in (1, 2, 3, 4))]
    run = uploaded(rows, by=risk_manager)
    page = client.get(page_of(run))
    assert "scale may have 4 steps instead of 5" in page.text
    values = filled(page)
    post(client, run, values | {"take": "same:probability"})
    assert run.mapping["scales"] == {"probability": "1-5", "impact": {}}
    page = client.get(page_of(run))
    post(client, run, filled(page) | {"take": "suggested:impact"})
    assert run.mapping["scales"] == {
        "probability": "1-5", "impact": {"1": 1, "2": 2, "3": 4, "4": 5},
    }  # fmt: skip


def test_identical_numbers_answered_one_by_one_are_our_steps(register, risk_manager, client):
    run = uploaded(NUMBERS, by=risk_manager)
    post(client, run, filled(client.get(page_of(run))))
    assert run.mapping["scales"] == {"probability": "1-5", "impact": "1-5"}


def test_so_many_values_are_no_scale(register, risk_manager, client):
    rows = [["Risk", "Likelihood", "Impact"]]
    rows += [[f"Risk number {n}", n % 5 + 1, f"text {n}"] for n in range(100)]
    run = uploaded(rows, by=risk_manager, mapping={"columns": {"impact": "C"}})
    page = client.get(page_of(run))
    assert "60 more values: so many are no scale." in page.text
    assert page.text.count("<select") < 60
    values = {k: "3" if k.startswith("impact_") else v for k, v in filled(page).items()}
    post(client, run, values)
    assert len(run.mapping["scales"]["impact"]) == 40
    post(client, run, filled(client.get(page_of(run))))
    assert len(run.mapping["scales"]["impact"]) == 40


def test_a_doubt_stays_one_until_it_is_answered(register, risk_manager, client):
    rows = [["Risk", "Likelihood", "Consequence"], *([f"Gas leak {n}", 5, text] for n, text in
            enumerate(["bad", "worse", "so so", 5, 4, 4]))]  # fmt: skip
    run = uploaded(rows, by=risk_manager)
    page = client.get(page_of(run))
    assert page.context["questions"][0] == "Say what column C is."
    assert labels(page)["C Consequence"] == ""
    post(client, run, filled(page))
    assert client.get(page_of(run)).context["questions"][0] == "Say what column C is."
    post(client, run, filled(client.get(page_of(run)), **{"C Consequence": "-"}))
    assert "Say what column C is." not in client.get(page_of(run)).context["questions"]
    assert run.mapping["columns"]["impact"] is None


# ---------- another table of the file ----------


@pytest.fixture
def two_sheets(register, risk_manager):
    content = workbook(("一", WORDS), ("二", [["a"], ["b"], *NUMBERS]))
    return uploaded(content, by=risk_manager, filename="two.xlsx")


def test_another_sheet_is_read_anew(two_sheets, client):
    page = client.get(page_of(two_sheets))
    assert labels(page)["Sheet"] == "一"
    page = post(client, two_sheets, filled(page, Sheet="二"))
    assert told(page) == ["Another table: its columns are suggested anew."]
    assert two_sheets.mapping == {"sheet": "二", "header_row": None, "defaults": {}}
    page = client.get(page_of(two_sheets))
    assert labels(page)["Row with the column names"] == "3"
    assert rows_of(page)[0] == (4, "New", "Gas leak in a home", "high")


def test_the_header_row_is_chosen_from_the_filled_rows(two_sheets, client):
    post(client, two_sheets, filled(client.get(page_of(two_sheets)), Sheet="二"))
    page = client.get(page_of(two_sheets))
    assert [words for _row, words in page.context["form"]["header_row"].field.choices][:3] == [
        "Row 1: a", "Row 2: b",
        "Row 3: Risk | Likelihood | Impact | Residual likelihood | Residual impact",
    ]  # fmt: skip
    post(client, two_sheets, filled(page, **{"Row with": "2"}))
    assert (two_sheets.mapping["header_row"], "columns" in two_sheets.mapping) == (2, False)


def test_a_header_row_far_below_is_still_offered(register, risk_manager, client):
    rows = [*([f"note {n}"] for n in range(60)), *NUMBERS]
    run = uploaded(rows, by=risk_manager)
    page = client.get(page_of(run))
    field = page.context["form"]["header_row"]
    assert (field.value(), len(field.field.choices)) == ("61", 41)


def test_a_refused_table_says_where_and_can_be_mended(register, risk_manager, client):
    run = uploaded([["Ding", "x"], ["Gas leak at home", 1], ["Flood at home", 2]], by=risk_manager)
    page = client.get(page_of(run))
    assert page.context["refused"].startswith("Row 1, column A: no row here names the columns")
    assert "Import 0 risks" not in page.text
    assert 'id="check"' not in page.text
    post(client, run, filled(page, **{"Row with": "1"}))
    page = client.get(page_of(run))
    assert page.context["refused"].endswith("Choose it under “Columns”.")
    post(client, run, filled(page, **{"A Ding": "title"}))
    page = client.get(page_of(run))
    assert page.context["refused"] == ""
    assert [row[1:3] for row in rows_of(page)] == [
        ("New", "Gas leak at home"),
        ("New", "Flood at home"),
    ]


def test_answers_that_make_no_register_are_said_and_kept(run, client):
    values = filled(client.get(page_of(run)), **{"B 风险名称": "notes", "A 编号": "title"})
    post(client, run, values)
    page = client.get(page_of(run))
    assert page.context["refused"] == (
        "Row 1, column A: the column “编号” has no risk below it: the table is empty. "
        "Fill in the rows, then import it again."
    )
    assert labels(page)["A 编号"] == "title"
