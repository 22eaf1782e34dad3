import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.services.imports import import_now, save_mapping, start_import
from riskhub.files.services import store_file
from riskhub.files.store import path_of
from riskhub.imports.models import ImportRun
from riskhub.work.models import Work
from tests.assessments.pages import htmx, told
from tests.assessments.uploads import ANSWERS, NUMBERS, WORDS, answered, unlike_any, uploaded
from tests.assessments.wizard import filled, labels, page_of, post, rows_of
from tests.cast import make_user
from tests.controls import Controls, controls_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(register, risk_manager):
    return uploaded(WORDS, by=risk_manager)


@pytest.fixture
def client(risk_manager, sign_in):
    return sign_in(risk_manager)


# ---------- what is shown ----------


def test_the_questions_of_a_file_in_words(run, client):
    page = client.get(page_of(run))
    assert labels(page) == {
        "Row version": 1,
        "Row with the column names": "1",
        "A 编号": "number", "B 风险名称": "title", "C 可能性": "probability", "D 影响": "impact",
        "E 责任人": "owner", "F 部门": "department", "G 状态": "status", "H 等级": "level",
        "Probability “中”": "", "Probability “低”": "", "Probability “高”": "",
        "Impact “高”": "", "Impact “低”": "",
        "Category": "", "Department": "", "Source": "",
    }  # fmt: skip
    assert [step.place for step in page.context["steps"]] == ["done", "done", "now", "", ""]
    assert rows_of(page)[0] == (2, "Error", "客户家中漏水", None)
    assert "Probability “高” in column C has no score yet. Choose it under “Scales”." in page.text
    assert "mapping" not in page.context["page"].rows[0].message


def test_suggestions_stand_beside_and_are_not_chosen(run, client):
    page = client.get(page_of(run))
    [likelihood, impact] = page.context["form"].scale_blocks
    assert [(v.text, v.count, suggested) for v, _f, suggested in likelihood["rows"]] == [
        ("高", 1, "4 Likely"), ("低", 1, "2 Unlikely"), ("中", 1, "3 Possible"),
    ]  # fmt: skip
    assert {field.value() for _v, field, _s in [*likelihood["rows"], *impact["rows"]]} == {""}
    assert page.text.count('name="take"') == 2


def test_columns_with_their_first_values(run, client):
    columns = [column for column, _field in client.get(page_of(run)).context["form"].column_rows]
    assert [(c.letter, c.name, c.samples) for c in columns][4:6] == [
        ("E", "责任人", ("周立", "路人甲")),
        ("F", "部门", ("ops", "仓库")),
    ]


def test_a_file_in_our_five_steps_asks_only_what_it_lacks(register, risk_manager, client):
    page = client.get(page_of(uploaded(NUMBERS, by=risk_manager)))
    assert page.context["questions"] == [
        "Choose the category of the risks whose row names none.",
        "Choose the department of the risks whose row names none.",
        "Choose the source of the risks whose row names none.",
    ]
    assert labels(page)["Probability “4”"] == "4"
    assert rows_of(page)[0] == (2, "New", "Gas leak in a home", "high")
    assert "inherent 4,5" in page.text
    assert "imported, controls not linked" in page.text


def test_the_words_behind_default_codes(register, risk_manager, client):
    page = client.get(page_of(answered(by=risk_manager)))
    assert page.context["page"].rows[1].message == (
        "Category: Operational risk by default. Department: Service operations by default. "
        "Source: Audit by default."
    )


# ---------- the rows ----------


def test_rows_by_outcome(register, risk_manager, client):
    run = uploaded(WORDS, by=risk_manager, mapping=ANSWERS)
    page = client.get(page_of(run))
    assert [(tab.name, tab.count) for tab in page.context["tabs"]] == [
        ("All", 3), ("New", 2), ("Error", 1),
    ]  # fmt: skip
    assert "In error: row 4" in page.text
    page = client.get(page_of(run) + "?outcome=error")
    assert rows_of(page) == [(4, "Error", "钥匙丢失", None)]
    assert rows_of(client.get(page_of(run) + "?outcome=nonsense")) == rows_of(
        client.get(page_of(run))
    )


def test_a_large_file_is_paged(register, risk_manager, client):
    rows = [["Risk", "Likelihood", "Impact"]]
    rows += [[f"Risk number {n}", n % 5 + 1, 5] for n in range(450)]
    run = uploaded(rows, by=risk_manager)
    page = client.get(page_of(run))
    assert (page.context["page"].count, len(page.context["page"])) == (450, 200)
    last = client.get(page_of(run) + "?outcome=create&page=3")
    assert [row[0] for row in rows_of(last)][0::49] == [402, 451]
    assert "outcome=create&amp;page=2" in last.text


def test_the_rows_and_only_them(run, client):
    page = client.get(page_of(run) + "?outcome=error", **htmx("import-rows"))
    assert page.text.lstrip().startswith('<div id="import-rows" data-announce="3 rows">')
    assert "<form" not in page.text


def test_a_wrong_answer_comes_back_as_the_form_alone(run, client):
    values = filled(client.get(page_of(run)), **{"B 风险名称": ""})
    page = client.post(page_of(run), values, **htmx("import-form"))
    assert page.status_code == 422
    assert page.text.lstrip().startswith('<div class="rh-stack" id="import-form">')
    assert 'class="rh-note rh-note-alert rh-summary"' in page.text


def test_many_rows_in_error_are_named_in_short(register, risk_manager, client):
    rows = [["Risk", "Likelihood", "Impact"], *([f"Gas leak {n}", 5, ""] for n in range(12))]
    page = client.get(page_of(uploaded(rows, by=risk_manager)))
    assert "In error: row 2, 3, 4, 5, 6, 7, 8, 9 and 4 more" in page.text


# ---------- who, and when ----------


def test_stale_answers_come_back_with_both(run, client, risk_manager):
    values = filled(client.get(page_of(run)), Category="technical")
    save_mapping(run, by=risk_manager, version=1, mapping={"defaults": {"category": "management"}})
    page = client.post(page_of(run), values)
    assert page.status_code == 409
    [row] = page.context["conflict"].differences
    assert (row.label, row.stored, row.typed) == ("Category", "Management risk", "Technical risk")
    values = filled(page)
    assert (values["row_version"], values["default_category"]) == ("2", "technical")
    assert post(client, run, values).status_code == 302
    assert run.mapping["defaults"]["category"] == "technical"


def test_an_answer_of_another_tab_stays_where_this_one_gave_none(run, client, risk_manager):
    values = filled(client.get(page_of(run)), Source="internal_record")
    save_mapping(run, by=risk_manager, version=1, mapping={"defaults": {"category": "management"}})
    page = client.post(page_of(run), values)
    conflict = page.context["conflict"]
    assert (page.status_code, conflict.differences) == (409, [])
    assert [(d.label, d.stored) for d in conflict.taken] == [("Category", "Management risk")]
    assert post(client, run, filled(page)).status_code == 302
    assert run.mapping["defaults"] == {"category": "management", "source": "internal_record"}


def test_another_manager_reads_whose_it_is_and_changes_nothing(run, second_manager, sign_in):
    client = sign_in(second_manager)
    page = client.get(page_of(run))
    assert "uploaded by 陈静" in page.text
    assert "Only 陈静, who uploaded the file, imports it." in page.text
    assert f'action="{page_of(run)}start/"' not in page.text
    assert client.post(page_of(run), {}).status_code == 403


def test_a_manager_of_another_department_sees_nothing(run, tech, sign_in):
    client = sign_in(make_user("of.tech", "x", "risk_manager", tech))
    assert client.get(page_of(run)).status_code == 404
    assert client.post(page_of(run), {}).status_code == 404


def test_the_auditor_reads_and_changes_nothing(run, auditor, client, sign_in):
    values = filled(client.get(page_of(run)))
    reader = sign_in(auditor)
    page = reader.get(page_of(run))
    assert page.status_code == 200
    assert {field.disabled for field in page.context["form"].fields.values()} == {True}
    assert not {"form", "button"} & {*controls_of(page)}
    assert "Only 陈静, who uploaded the file, imports it." in page.text
    assert reader.post(page_of(run), values).status_code == 403
    run.refresh_from_db()
    assert run.row_version == 1


def test_the_auditor_is_not_led_to_another_upload(risk_manager, register, auditor, sign_in, client):
    empty = uploaded("只有一列\n".encode(), by=risk_manager)
    damaged = uploaded(unlike_any(WORDS), by=risk_manager)
    path_of(damaged.file.sha256).unlink()
    reader = sign_in(auditor)
    for run in (empty, damaged):
        assert "/imports/new/" in Controls(client.get(page_of(run)).text).links
        assert "/imports/new/" not in Controls(reader.get(page_of(run)).text).links


def test_the_auditor_does_not_stop_it(register, risk_manager, auditor, sign_in, client):
    run = start_import(answered(by=risk_manager), by=risk_manager)
    Work.objects.filter(kind="import.apply").update(state="dead", error="x")
    assert controls_of(client.get(page_of(run))) == ["form", "input", "button", "a"]
    assert "form" not in controls_of(sign_in(auditor).get(page_of(run)))


def test_without_the_role_ones_own_file_is_only_read(run, risk_manager, sign_in):
    risk_manager.role_assignments.all().delete()
    client = sign_in(risk_manager)
    assert client.get(page_of(run)).status_code == 200
    assert client.post(page_of(run), {}).status_code == 403


def test_once_it_runs_nothing_is_changed(register, risk_manager, client):
    run = start_import(answered(by=risk_manager), by=risk_manager)
    page = client.post(page_of(run), {"row_version": run.row_version})
    assert (page.status_code, told(page)) == (302, ["This file is already being imported."])


def test_wrong_method(run, client):
    assert client.put(page_of(run)).status_code == 405


def test_a_damaged_file_says_so(register, risk_manager, client):
    run = uploaded(unlike_any(WORDS), by=risk_manager)
    path_of(run.file.sha256).unlink()
    page = client.get(page_of(run))
    assert page.status_code == 200
    assert "This file cannot be read any more." in page.text
    assert client.post(page_of(run), {}).status_code == 200


def test_a_mapping_that_no_longer_holds_says_so(run, client):
    ImportRun.objects.filter(pk=run.pk).update(mapping={"header_row": 900})
    assert "The mapping&#x27;s header_row is 900" in client.get(page_of(run)).text


def test_a_stored_file_that_is_no_table_any_more(run, client, risk_manager):
    """Such as one that an older version took: it says so, and there is nothing to answer."""
    file = store_file(b"%PDF", by=risk_manager, kind="import", filename="a.pdf", mime="")
    ImportRun.objects.filter(pk=run.pk).update(file=file)
    page = client.get(page_of(run))
    assert "This is no register yet." in page.text
    assert list(page.context["form"].fields) == ["row_version", "opened"]
    assert "Save and check" not in page.text


def test_as_many_queries_for_many_rows_as_for_few(register, risk_manager, client):
    def queries(run):
        with CaptureQueriesContext(connection) as captured:
            client.get(page_of(run))
        return len(captured)

    few, many = (
        answered([NUMBERS[0], *([f"Gas leak {n}", 4, 4] for n in range(count))], by=risk_manager)
        for count in (1, 300)
    )
    client.get(page_of(few))
    assert queries(few) == queries(many)


def test_only_departments_that_one_keeps_are_offered(register, ops, sign_in):
    manager = make_user("ops.manager", "运营风险员", "risk_manager", ops)
    run = uploaded(WORDS, by=manager)
    client = sign_in(manager)
    page = client.get(page_of(run))
    choices = page.context["form"]["default_department"].field.choices
    assert [code for code, _name in choices] == ["", "OPS"]
    page = client.post(page_of(run), filled(page, Department="TECH"))
    assert page.status_code == 422


# ---------- after the import ----------


def test_the_result_leads_on(register, risk_manager, client):
    run = answered(by=risk_manager)
    import_now(run, by=risk_manager)
    page = client.get(page_of(run))
    assert "3 risks are imported" in page.text
    assert "3 rows in the file: 3 imported." in page.text
    assert 'href="/risks/?register=SVC"' in page.text
    assert "1 imported assessment is High or Critical and waits for another person." in page.text
    assert 'href="/assessments/waiting/"' in page.text
    assert (page.context["waiting"], page.context["waiting_others"]) == (1, 0)
    assert [(row.outcome, row.code) for row in page.context["page"]] == [
        (f"Imported as R00{n}", f"R00{n}") for n in (1, 2, 3)
    ]
    assert 'href="/risks/R001/"' in page.text
    assert [step.place for step in page.context["steps"]] == ["done"] * 5


def test_a_failure_says_its_cause_and_the_next_step(run, client):
    ImportRun.objects.filter(pk=run.pk).update(state="failed", error="The disk is full.")
    page = client.get(page_of(run))
    assert "The import failed, nothing was written." in page.text
    assert "The disk is full." in page.text
    assert page.context["may_change"] is True
