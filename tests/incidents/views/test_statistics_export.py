import csv
from io import BytesIO, StringIO

import openpyxl
import pytest

from riskhub.audit.models import AuditEvent
from tests.incidents.complaining import CHEN, make_complaint
from tests.incidents.recording import take, told
from tests.incidents.reporting import make_incident

pytestmark = pytest.mark.django_db
URL, PAGE = "/incidents/statistics/export/", "/incidents/statistics/"
COLUMNS = ("section", "name", "value", "out_of", "share", "orders", "complaints", "complaint_rate",
           "incidents", "incident_rate")  # fmt: skip


def shown(client, query):
    """The figures of the page, as a file spells them."""
    sections = client.get(PAGE, query).context["sections"]
    rows = [[getattr(one, name) for name in COLUMNS] for _name, found in sections for one in found]
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


@pytest.fixture
def client(risk_manager, clean, sign_in):
    make_complaint(contact=CHEN)
    make_complaint("又漏了", contact=CHEN)
    make_incident(clean, risk_manager)
    take(told(), by=risk_manager)
    return sign_in(risk_manager)


@pytest.mark.parametrize("query", [{}, {"since": "2024-01-01", "until": "2024-12-31"}])
def test_the_file_says_what_the_page_says(client, query):
    page = client.get(URL, query | {"format": "csv"})
    text = b"".join(page.streaming_content).decode("utf-8-sig")
    assert list(csv.reader(StringIO(text)))[1:] == shown(client, query)
    page = client.get(URL, query | {"format": "xlsx"})
    sheet = openpyxl.load_workbook(BytesIO(b"".join(page.streaming_content))).active
    rows = [["" if cell is None else cell for cell in row] for row in sheet.values]
    wanted = shown(client, query)
    assert [row[:2] for row in rows[1:]] == [row[:2] for row in wanted]
    for row, want in zip(rows[1:], wanted, strict=True):
        assert [float(one) if one != "" else "" for one in row[2:]] == [
            float(one) if one else "" for one in want[2:]
        ]


def test_the_audit_knows_who_took_them(client, risk_manager):
    page = client.get(URL, {"format": "csv", "since": "2024-01-01", "until": "2024-12-31"})
    assert b"".join(page.streaming_content)
    event = AuditEvent.objects.get(action="statistics.exported")
    assert (event.actor_id, event.after["format"], event.after["since"]) == (
        risk_manager.pk, "csv", "2024-01-01",
    )  # fmt: skip


@pytest.mark.parametrize("query", [{}, {"format": "pdf"}, {"format": "csv", "since": "x"}])
def test_what_is_no_file_is_refused(client, query):
    assert client.get(URL, query).status_code == 400


def test_staff_have_none(staff_cleaning, sign_in):
    assert sign_in(staff_cleaning).get(URL, {"format": "csv"}).status_code == 403
