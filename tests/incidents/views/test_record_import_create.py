import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from riskhub.imports.models import ImportRun
from tests.incidents.recording import ROWS
from tests.riskhub.imports.made_files import csv_text

pytestmark = pytest.mark.django_db
URL = "/incidents/imports/new/"


def send(client, content=None, *, filename="旧投诉.csv", **fields):
    file = SimpleUploadedFile(filename, content or csv_text(ROWS).encode())
    return client.post(URL, {"kind": "complaints", "source": "crm", "file": file} | fields)


def test_a_file_waits_for_its_answers(risk_manager, sign_in):
    page = send(sign_in(risk_manager))
    run = ImportRun.objects.get()
    assert (page.status_code, page["Location"]) == (302, f"/incidents/imports/{run.pk}/")
    assert (run.file.filename, run.target, run.made_by) == ("旧投诉.csv", "crm", risk_manager)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"source": " "}, {"source", "file"}), ({"kind": "risks"}, {"kind", "file"})],
)
def test_it_asks_for_kind_and_source(risk_manager, sign_in, fields, wrong):
    page = send(sign_in(risk_manager), **fields)
    assert (page.status_code, set(page.context["form"].errors)) == (422, wrong)


def test_what_is_no_table_is_refused_with_the_reason(risk_manager, sign_in):
    page = send(sign_in(risk_manager), b"%PDF-1.7", filename="a.xlsx")
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"file"})
    assert ImportRun.objects.count() == 0


def test_the_page_and_who_may(risk_manager, auditor, sign_in):
    assert sign_in(risk_manager).get(URL).context["form"]["kind"].value() == "complaints"
    assert send(sign_in(auditor)).status_code == 403
