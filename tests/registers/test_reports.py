"""The export: what stands in it, that nothing computes, and that an import reads it back."""

import csv
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override
from openpyxl import load_workbook

from registers.models import Risk
from registers.reports import export_risks
from registers.services import close_risk
from riskhub.audit.models import AuditEvent
from riskhub.reports.writers.formulas import restore
from tests.builders import assess, make_plan, make_risk
from tests.registers.audit import Trail


@pytest.fixture
def listed(register, risk_manager, second_manager, head_cleaning):
    """R001 High with a plan; R002 not rated, with a formula for a name and no owner among us."""
    risk = make_risk(
        register, by=risk_manager, title="漏水", title_alt="Leak", cause="老化", consequence="赔偿",
        owner=head_cleaning, reported_on="2026-05-06",
    )  # fmt: skip
    make_risk(register, by=risk_manager, title='=HYPERLINK("x")', owner_note="李工")
    assess(risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    make_plan(risk, by=risk_manager)
    Risk.objects.filter(pk=risk.pk).update(next_review_on="2027-01-02")


def exported(form="csv", by=None, **kwargs):
    """The whole file, closed as the response would close it."""
    file = export_risks(Risk.objects.in_ranking(), by=by, form=form, **kwargs)
    with file.content:
        return file, file.content.read()


def rows_of(content):
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("language", "row"),
    [
        (
            "en",
            {
                "Risk number": "R001", "Risk name": "Leak", "Cause": "老化",
                "Event description": "维修后漏水", "Consequence": "赔偿",
                "Risk category": "Operational risk", "Risk area": "", "Source": "Internal record",
                "Service lines": "",
                "Responsible department": "Service operations", "Risk owner": "周立",
                "Business importance": "3",
                "Inherent probability (1–5)": "4", "Inherent impact (1–5)": "4",
                "Residual probability (1–5)": "4", "Residual impact (1–5)": "3",
                "Risk level": "High", "Target probability (1–5)": "", "Target impact (1–5)": "",
                "Target level": "", "Priority index": "7.0",
                "Response strategy": "Mitigate", "Plan": "Draft", "Status": "Assessed",
                "Date identified": "2026-05-06", "Next review": "2027-01-02",
                "Register": "Service risks",
            },
        ),
    ],
)  # fmt: skip
def test_every_column_in_words(listed, risk_manager, language, row):
    with override(language):
        file, content = exported()
    assert rows_of(content)[0] == row
    assert (file.rows, file.content_type) == (2, "text/csv; charset=utf-8")
    assert file.name.startswith("risks-")
    assert file.name.endswith(".csv")


def test_in_chinese_the_headers_are_chinese(listed, risk_manager):
    _file, content = exported()
    assert rows_of(content)[0][gettext("Risk name")] == "漏水"


def test_nothing_computes_and_nothing_is_lost(listed, risk_manager):
    with override("en"):
        rows = rows_of(exported()[1])
        sheet = load_workbook(BytesIO(exported("xlsx")[1])).active
    assert rows[1]["Risk name"] == '\'=HYPERLINK("x")'
    assert restore(rows[1]["Risk name"]) == '=HYPERLINK("x")'
    assert [rows[1][name] for name in ("Risk owner", "Risk level", "Response strategy")] == [
        "李工",
        "",
        "",
    ]
    header, first, second = ([cell.value for cell in row] for row in sheet.iter_rows())
    at = header.index("Residual impact (1–5)")
    assert (first[at], second[at]) == (3, None)
    assert sheet.cell(3, header.index("Risk name") + 1).data_type == "s"


def test_the_audit_knows_who_took_how_many(listed, risk_manager):
    trail = Trail()
    with override("en"):
        exported("xlsx", by=risk_manager, name="SVC")
    (event,) = trail.rows()
    assert (event.action, event.operation, event.actor_name, event.object_label) == (
        "risk.exported",
        "note",
        "陈静",
        "SVC",
    )
    assert event.after == {"format": "xlsx", "rows": 2, "language": "en"}


def test_the_queries_do_not_grow(listed, register, risk_manager):
    with CaptureQueriesContext(connection) as few:
        exported()
    for _n in range(5):
        make_risk(register, by=risk_manager)
    with CaptureQueriesContext(connection) as many:
        exported()
    assert len(few) == len(many)


class TestCommand:
    def test_the_open_risks_of_one_register(self, listed, register, risk_manager, tmp_path, capsys):
        close_risk(make_risk(register, by=risk_manager), by=risk_manager, reason="停办")
        out = tmp_path / "svc.csv"
        call_command("export_register", register="svc", format="csv", out=out, lang="en")
        assert capsys.readouterr().out == f"2 risks of SVC written to {out}.\n"
        rows = list(csv.DictReader(StringIO(out.read_text("utf-8-sig"))))
        assert [row["Risk number"] for row in rows] == ["R001", "R002"]
        assert AuditEvent.objects.filter(action="risk.exported", actor_name="system").count() == 1

    def test_all_of_them_as_a_workbook(self, listed, register, risk_manager, tmp_path):
        close_risk(make_risk(register, by=risk_manager), by=risk_manager, reason="停办")
        out = tmp_path / "svc.xlsx"
        call_command("export_register", register="SVC", format="xlsx", out=out, all=True)
        assert load_workbook(out).active.max_row == 4

    def test_an_unknown_register(self, register, tmp_path):
        with pytest.raises(CommandError, match="There are: SVC"):
            call_command("export_register", register="X", format="csv", out=tmp_path / "x.csv")

    def test_a_folder_that_is_not_there(self, register, tmp_path):
        with pytest.raises(CommandError, match="cannot be written"):
            call_command(
                "export_register", register="SVC", format="csv", out=tmp_path / "no" / "x.csv"
            )
