import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from registers import reports
from riskhub.audit.models import AuditEvent
from tests.builders import make_risk
from tests.registers.pages import messages_of

URL = "/risks/export/"


@pytest.fixture
def listed(risk, other_risk, register, risk_manager, clean):
    """R001 OPS, R002 TECH, R003 CLEAN."""
    make_risk(register, by=risk_manager, department=clean, title="迟到")


def numbers(response):
    rows = list(csv.reader(StringIO(response.getvalue().decode("utf-8-sig"))))
    return [row[0] for row in rows[1:]]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["R001", "R002", "R003"]),
        ("&department=TECH", ["R002"]),
        ("&department=OPS&sort=-code", ["R003", "R001"]),
        ("&q=迟到", ["R003"]),
        ("&register=NOPE", []),
        ("&page=7", ["R001", "R002", "R003"]),
    ],
)
def test_exactly_the_rows_of_the_list(listed, manager, query, codes):
    response = manager.get(f"{URL}?format=csv{query}")
    assert response.status_code == 200
    assert numbers(response) == codes


def test_another_department_is_not_in_the_file(listed, sign_in, head_cleaning, staff_repair):
    assert numbers(sign_in(head_cleaning).get(f"{URL}?format=csv")) == ["R001", "R003"]
    assert numbers(sign_in(head_cleaning).get(f"{URL}?format=csv&department=TECH")) == []
    assert numbers(sign_in(staff_repair).get(f"{URL}?format=csv")) == []


def test_a_workbook_as_an_attachment(listed, manager):
    response = manager.get(f"{URL}?format=xlsx")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert response["Content-Disposition"].startswith('attachment; filename="risks-')
    assert response["Cache-Control"] == "no-store"
    assert load_workbook(BytesIO(response.getvalue())).active.max_row == 4


def test_the_audit_knows_who_took_what(listed, manager, risk_manager):
    manager.get(f"{URL}?format=csv&department=TECH").getvalue()
    event = AuditEvent.objects.get(action="risk.exported")
    assert (event.actor_id, event.after["format"], event.after["rows"]) == (
        risk_manager.pk,
        "csv",
        1,
    )


def test_more_than_a_workbook_should_hold(listed, manager, monkeypatch):
    monkeypatch.setitem(reports.MOST, "xlsx", 2)
    response = manager.get(f"{URL}?format=xlsx&sort=code")
    assert (response.status_code, response["Location"]) == (302, "/risks/?sort=code")
    assert len(messages_of(response)) == 1
    assert numbers(manager.get(f"{URL}?format=csv")) == ["R001", "R002", "R003"]
    assert manager.get(f"{URL}?format=xlsx&department=TECH").getvalue()[:2] == b"PK"


@pytest.mark.parametrize("form", ["", "docx", "../../etc/passwd"])
def test_a_form_that_there_is_not(listed, manager, form):
    assert manager.get(f"{URL}?format={form}").status_code == 400
    assert not AuditEvent.objects.filter(action="risk.exported").exists()


@pytest.mark.parametrize("method", ["post", "head"])
def test_only_downloaded(listed, manager, method):
    assert getattr(manager, method)(f"{URL}?format=csv").status_code == 405
    assert not AuditEvent.objects.filter(action="risk.exported").exists()


def test_nobody_signed_in(listed, sign_in):
    assert sign_in().get(f"{URL}?format=csv").status_code == 302


def test_on_paper(listed, manager):
    response = manager.get(f"{URL}?format=pdf")
    assert response["Content-Type"] == "application/pdf"
    content = response.getvalue()
    assert content[:5] == b"%PDF-"
    assert content == manager.get(f"{URL}?format=pdf").getvalue()


def test_more_than_fits_on_paper(listed, manager, monkeypatch):
    monkeypatch.setitem(reports.MOST, "pdf", 2)
    assert manager.get(f"{URL}?format=pdf").status_code == 302
