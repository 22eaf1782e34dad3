import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.services.record_runs import apply_records, discard_records, start_records
from riskhub.files.store import path_of
from riskhub.imports.models import ImportRun
from tests.assessments.pages import htmx
from tests.incidents.recording import ROWS, uploaded

pytestmark = pytest.mark.django_db


def url(run):
    return f"/incidents/imports/{run.pk}/"


@pytest.fixture
def run(risk_manager):
    return uploaded(by=risk_manager)


@pytest.fixture
def client(risk_manager, sign_in):
    return sign_in(risk_manager)


def apply(run, by):
    start_records(run, by=by, version=run.row_version)
    apply_records(run, by=by)


def answers(page, **changed):
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in (values | changed).items()}


def test_each_row_with_what_would_become_of_it(client, run):
    page = client.get(url(run))
    assert [(row.row, mark, words) for row, mark, words, _said in page.context["page"]] == [
        (2, "done", "新增"), (3, "done", "新增"), (4, "late", "错误"),
    ]  # fmt: skip
    assert [(tab.name, tab.count) for tab in page.context["tabs"]] == [
        ("全部", 3), ("新增", 2), ("已有", 0), ("错误", 1),
    ]  # fmt: skip
    assert page.context["form"]["column_external_id"].value() == "0"
    assert "导入 2 条记录" in page.content.decode()


def test_the_rows_in_error_alone(client, run):
    page = client.get(url(run), {"outcome": "error"}, **htmx("record-rows"))
    assert [row.row for row, *_rest in page.context["page"]] == [4]
    assert page.content.decode().lstrip().startswith('<div id="record-rows"')


def test_other_columns_are_saved_and_checked(client, run):
    page = client.get(url(run))
    saved = client.post(url(run), answers(page, column_channel="", default_channel="app"))
    assert (saved.status_code, saved["Location"]) == (302, url(run))
    run.refresh_from_db()
    assert (run.mapping["columns"]["channel"], run.mapping["defaults"]) == (
        None,
        {"channel": "app"},
    )
    assert client.get(url(run)).context["fresh"] == 2


def test_what_is_needed_has_a_column(client, run):
    page = client.post(url(run), answers(client.get(url(run)), column_text=""))
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"column_text"})


def test_somebody_answered_in_between(client, run, risk_manager):
    old = answers(client.get(url(run)))
    client.post(url(run), old)
    assert client.post(url(run), old).status_code == 409


def test_while_it_is_written_and_afterwards(client, run, risk_manager):
    start_records(run, by=risk_manager, version=1)
    page = client.get(url(run), **htmx("record-progress"))
    assert (
        page.content.decode().lstrip().startswith('<section class="rh-card" id="record-progress"')
    )
    apply_records(run, by=risk_manager)
    over = client.get(url(run), **htmx("record-progress"))
    assert over["HX-Location"]
    page = client.get(url(run))
    assert [row.code for row, *_rest in page.context["page"]] == ["C-2024-0001", "C-2024-0002", ""]
    assert "form" not in page.context
    assert client.post(url(run), {}).status_code == 403


def test_a_discarded_one_says_so(client, run, risk_manager):
    discard_records(run, by=risk_manager, version=1)
    assert "此文件已弃置，没有导入任何内容。" in client.get(url(run)).content.decode()


def test_a_damaged_file_is_told(client, run):
    path_of(run.file.sha256).unlink()
    assert client.get(url(run)).context["broken"] == "存放的文件缺失或被改动。"


def test_the_auditor_reads_and_does_not_answer(auditor, run, sign_in):
    client = sign_in(auditor)
    page = client.get(url(run))
    assert (page.status_code, page.context["may_change"]) == (200, False)
    assert "record-mapping" not in page.content.decode()
    assert client.post(url(run), {}).status_code == 403


def test_others_do_not_see_it(service, run, sign_in):
    assert sign_in(service).get(url(run)).status_code == 404


def test_it_asks_as_often_for_few_rows_as_for_many(client, risk_manager):
    few, many = (
        uploaded([*ROWS, *([str(n), "漏水", "2024-01-01"] for n in range(most))], by=risk_manager)
        for most in (1, 60)
    )
    client.get(url(few))
    assert queries(client, few) == queries(client, many)
    assert ImportRun.objects.count() == 2


def queries(client, run):
    with CaptureQueriesContext(connection) as found:
        client.get(url(run))
    return len(found)
