"""The same risks in other shapes: the columns of the list, the four of the guide, JSON."""

import csv
import json
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from openpyxl import load_workbook

from assessments.register_import.plan import describe
from registers.columns import CHOICES
from registers.models import LibraryRisk, Risk, ServiceLine
from registers.reports import export_risks
from registers.services import adopt_risks
from riskhub.audit.models import AuditEvent
from tests.builders import assess, make_plan, make_risk

pytestmark = pytest.mark.django_db
GUIDE = {
    "zh-hans": ["风险编号", "风险描述", "风险类别", "发现来源"],
    "en": ["Risk number", "Risk description", "Risk category", "Risk source"],
}


@pytest.fixture
def listed(register, risk_manager, second_manager, head_cleaning):
    lines = list(ServiceLine.objects.order_by("order")[:2])
    risk = make_risk(
        register, by=risk_manager, title="漏水", title_alt="Leak", owner=head_cleaning,
        service_lines=lines, reported_on="2026-05-06",
    )  # fmt: skip
    make_risk(register, by=risk_manager, title='=HYPERLINK("x")', owner_note="李工")
    assess(risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    make_plan(risk, by=risk_manager)
    return lines


def exported(form="csv", language="en", **kwargs):
    with override(language):
        file = export_risks(Risk.objects.in_ranking(), by=None, form=form, **kwargs)
    with file.content:
        return file.content.read()


def rows_of(content):
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_guides_list_has_its_four_columns_in_order(listed, language):
    header, first, second = rows_of(exported(language=language, as_guide=True))
    assert header == GUIDE[language]
    words = {
        "zh-hans": ["漏水", "操作风险", "内部记录"],
        "en": ["Leak", "Operational risk", "Internal record"],
    }
    assert first == ["R001", *words[language]]
    assert second[:2] == ["R002", '\'=HYPERLINK("x")']


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_guides_list_is_read_back_as_what_is_there(
    register, risk_manager, tmp_path, form, language
):
    adopt_risks(LibraryRisk.objects.all()[:5], by=risk_manager, register=register)
    path = tmp_path / f"list.{form}"
    path.write_bytes(exported(form, language, as_guide=True))
    said = StringIO()
    call_command("import_register", path, register="SVC", dry_run=True, json=True, stdout=said)
    assert {row["outcome"] for row in json.loads(said.getvalue())["rows"]} == {"same"}


def test_exactly_the_columns_that_the_list_shows(listed):
    header, first, second = rows_of(exported(shown=["line", "department", "nonsense", "response"]))
    assert header == [
        "Risk number", "Risk name", "Response strategy", "Plan", "Responsible department", "Service lines",
    ]  # fmt: skip
    names = ", ".join(line.name_en for line in listed)
    assert first == ["R001", "Leak", "Mitigate", "Draft", "Service operations", names]
    assert second[-1] == ""


@pytest.mark.parametrize("key", [column.key for column in CHOICES])
def test_every_column_of_the_list_has_a_place_in_the_file(listed, key):
    header, *rows = rows_of(exported(shown=[key]))
    assert len(header) > 2
    assert all(len(row) == len(header) for row in rows)


def test_levels_with_their_scores(listed):
    header, first, _second = rows_of(exported(shown=["level", "inherent", "target", "priority"]))
    assert header[2:5] == ["Residual probability (1–5)", "Residual impact (1–5)", "Risk level"]
    assert first[2:8] == ["4", "3", "High", "4", "4", "Critical"]


def test_json_has_the_names_and_codes_of_the_api(listed):
    found = json.loads(exported("json", "zh-hans"))
    assert (found["format"], found["version"]) == ("riskhub.risks", 1)
    first, second = found["risks"]
    assert (first["code"], first["register"], first["title"], first["title_alt"]) == (
        "R001", "SVC", "漏水", "Leak",
    )  # fmt: skip
    assert first["residual"] == {"probability": 4, "impact": 3, "level": "high"}
    assert (second["residual"], second["target"], second["area"]) == (None, None, None)
    assert first["service_lines"] == sorted(line.code for line in listed)
    assert first["sources"] == ["internal_record"]
    assert (first["owner"], second["owner"], second["owner_note"]) == (
        "head.cleaning",
        None,
        "李工",
    )
    assert (first["reported_on"], first["plan_state"], first["state"]) == (
        "2026-05-06", "draft", "assessed",
    )  # fmt: skip
    assert second["title"] == '=HYPERLINK("x")'


def test_json_says_the_same_in_every_language(listed):
    chinese, english = (json.loads(exported("json", language)) for language in ("zh-hans", "en"))
    assert chinese["risks"] == english["risks"]


def test_json_keys_are_those_of_the_api(listed, manager):
    keys = set(json.loads(exported("json"))["risks"][0])
    api = set(manager.get("/api/v1/risks/").json()["results"][0])
    assert keys - api == set()
    assert api - keys == {"reported_by", "closed_at", "row_version"}


def test_json_of_nothing(register):
    assert json.loads(exported("json"))["risks"] == []


@pytest.mark.parametrize("kwargs", [{"form": "json"}, {"shown": ["line"]}, {"as_guide": True}])
def test_the_queries_do_not_grow(listed, register, risk_manager, kwargs):
    with CaptureQueriesContext(connection) as few:
        exported(**kwargs)
    for _n in range(4):
        make_risk(register, by=risk_manager)
    with CaptureQueriesContext(connection) as many:
        exported(**kwargs)
    assert len(few) == len(many)


def test_json_by_the_command(listed, tmp_path):
    out = tmp_path / "svc.json"
    call_command("export_register", register="SVC", format="json", out=out)
    assert [risk["code"] for risk in json.loads(out.read_bytes())["risks"]] == ["R001", "R002"]


# ---------- by the page ----------


def test_the_list_leads_to_each_file(listed, manager):
    page = manager.get("/risks/?level=high&columns=owner,area")
    shown, whole, guide, paper = page.context["downloads"]
    assert [form for form, _url in shown.files] == ["XLSX", "CSV"]
    assert [form for form, _url in whole.files] == ["XLSX", "CSV", "JSON"]
    assert [form for form, _url in paper.files] == ["PDF"]
    for each in (shown, whole, guide, paper):
        for _form, url in each.files:
            assert url.replace("&", "&amp;") in page.text
            assert manager.get(url).getvalue()
    header, *rows = rows_of(manager.get(shown.files[1][1]).getvalue())
    assert (len(header), len(rows)) == (4, 1)
    assert rows_of(manager.get(guide.files[1][1]).getvalue())[0] == GUIDE["zh-hans"]
    assert len(rows_of(manager.get(whole.files[1][1]).getvalue())[0]) == 27
    assert len(json.loads(manager.get(whole.files[2][1]).getvalue())["risks"]) == 1


def test_the_name_of_the_file_and_the_record(listed, manager):
    response = manager.get("/risks/export/?format=xlsx&form=list")
    assert response["Content-Disposition"].startswith('attachment; filename="risk-list-')
    sheet = load_workbook(BytesIO(response.getvalue())).active
    assert (sheet.max_row, sheet.max_column) == (3, 4)
    response = manager.get("/risks/export/?format=json&form=list")
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"].startswith('attachment; filename="risks-')
    assert len(json.loads(response.getvalue())["risks"][0]) > 4
    formats = AuditEvent.objects.filter(action="risk.exported").order_by("pk")
    assert [event.after["format"] for event in formats] == ["xlsx", "json"]


def test_columns_of_the_guide_are_known_to_the_import():
    for header in GUIDE.values():
        text = ",".join(header) + "\n1,Leak,Technical,Survey\n"
        columns = describe(text.encode(), "a.csv").mapping["columns"]
        assert [columns[name] for name in ("number", "title", "category", "source")] == header
