"""The page of an applied import: each row with what became of it then, for good."""

import pytest

from assessments.services.imports import applying, import_now
from registers.models import Risk
from riskhub.accounts.models import Department
from riskhub.files.store import path_of
from tests.assessments.uploads import ANSWERS, WORDS, answered, unlike_any, uploaded
from tests.assessments.wizard import page_of, rows_of

pytestmark = pytest.mark.django_db
ROWS = [*WORDS, ["4", "停电", "", "", "", "不存在部", "", ""]]


@pytest.fixture
def client(risk_manager, sign_in):
    return sign_in(risk_manager)


@pytest.fixture
def run(register, risk_manager):
    run = uploaded(unlike_any(ROWS), by=risk_manager, mapping=ANSWERS)
    import_now(run, by=risk_manager)
    run.refresh_from_db()
    return run


def messages_of(page):
    return [row.message for row in page.context["page"]]


def test_each_row_says_what_it_became(run, client):
    page = client.get(page_of(run))
    assert rows_of(page) == [
        (2, "Imported as R001", "客户家中漏水", "critical"),
        (3, "Imported as R002", "地面湿滑摔倒", "low"),
        (4, "Error", "钥匙丢失", None),
        (5, "Imported as R003", "停电", None),
    ]
    assert 'href="/risks/R001/"' in page.text
    assert [(tab.name, tab.count) for tab in page.context["tabs"]] == [
        ("All", 4), ("Imported", 3), ("Error", 1),
    ]  # fmt: skip
    assert "As it was when the file was imported" in page.text
    assert "Already there" not in page.text


def test_with_the_defaults_and_the_names_that_nobody_knows(run, client):
    assert messages_of(client.get(page_of(run)))[1:] == [
        (
            "Category: Operational risk by default. Department: Service operations by default. "
            "Source: Audit by default. The owner “路人甲” is no user here: kept as text."
        ),
        (
            "The probability is given, the impact is missing in column D. "
            "Fill in both in the file, or neither."
        ),
        (
            "Without scores: the row has none. Category: Operational risk by default. "
            "Source: Audit by default. "
            "The department “不存在部” is not known here: Service operations is used."
        ),
    ]


def test_what_changes_later_changes_nothing_of_it(run, client, clean):
    before = client.get(page_of(run))
    Risk.objects.filter(code="R001").update(title="别的", owner_department=clean)
    Department.objects.create(code="NEW", name_zh="不存在部", path="/99/")
    after = client.get(page_of(run))
    assert (rows_of(after), messages_of(after)) == (rows_of(before), messages_of(before))


def test_rows_by_outcome(run, client):
    assert [row[0] for row in rows_of(client.get(page_of(run) + "?outcome=create"))] == [2, 3, 5]
    assert [row[0] for row in rows_of(client.get(page_of(run) + "?outcome=error"))] == [4]


def test_without_the_file_itself_the_rows_are_still_there(run, client):
    path_of(run.file.sha256).unlink()
    page = client.get(page_of(run))
    assert rows_of(page)[0] == (2, "Imported as R001", "客户家中漏水", "critical")
    assert "3 risks are imported" in page.text
    assert "Columns and scales" not in page.text


def test_without_what_was_kept_the_page_says_so(register, risk_manager, client):
    run = answered(unlike_any([["Risk"], ["Leak"]], row=1), by=risk_manager)
    import_now(run, by=risk_manager)
    run.refresh_from_db()
    path_of(run.rows_file.sha256).unlink()
    assert "This file cannot be read any more." in client.get(page_of(run)).text


def test_what_was_imported_before_rows_were_kept_is_shown_as_it_is_now(
    register, risk_manager, client, monkeypatch
):
    run = uploaded(WORDS, by=risk_manager, mapping=ANSWERS)
    monkeypatch.setattr(applying, "store_outcomes", lambda *_args, **_kwargs: None)
    import_now(run, by=risk_manager)
    page = client.get(page_of(run))
    assert "Each row of the file, as the register has it now" in page.text
    assert rows_of(page)[0][:2] == (2, "Already there")
    assert messages_of(page)[0] == "Already there as R001."


def test_the_same_file_again_is_named_as_already_there(run, client, risk_manager):
    again = answered([WORDS[0], WORDS[1]], by=risk_manager, mapping=ANSWERS)
    import_now(again, by=risk_manager)
    page = client.get(page_of(again))
    assert (rows_of(page)[0][1], messages_of(page)) == ("Already there", ["Already there as R001."])
