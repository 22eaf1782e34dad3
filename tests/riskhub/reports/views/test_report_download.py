"""Taking a report away: the stored bytes, to whom they belong, and an event for each."""

import pytest

from riskhub.audit.models import AuditEvent
from riskhub.files.store import path_of
from tests.api_client import ApiClient
from tests.test_security import check_headers

pytestmark = pytest.mark.django_db(transaction=True)


def url(report):
    return f"/reports/{report.pk}/download/"


def test_an_auditor_gets_the_stored_bytes_as_an_attachment(ready, auditor, sign_in):
    answer = sign_in(auditor).get(url(ready))

    assert answer.content == ready.file.read()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{ready.filename}"'


def test_each_download_is_in_the_audit_with_the_hash(ready, auditor, sign_in):
    sign_in(auditor).get(url(ready))

    event = AuditEvent.objects.get(action="report.downloaded")
    assert (event.actor_id, event.object_id, event.operation) == (auditor.pk, str(ready.pk), "note")
    assert event.after == {"sha256": ready.file.sha256}


def test_a_damaged_file_is_not_handed_out(ready, auditor, sign_in):
    path_of(ready.file.sha256).write_bytes(b"%PDF-1.7 something else")

    answer = sign_in(auditor).get(url(ready))

    assert answer.url == f"/reports/{ready.pk}/"
    assert AuditEvent.objects.filter(action="report.downloaded").count() == 0


def test_a_report_that_is_not_ready_is_not_there(report, auditor, sign_in):
    assert sign_in(auditor).get(url(report)).status_code == 404


def test_a_department_may_not(ready, head_cleaning, staff_cleaning, sign_in):
    answers = [
        sign_in(user).get(url(ready)).status_code for user in (head_cleaning, staff_cleaning)
    ]

    assert answers == [403, 403]


def test_the_file_bears_the_headers_of_every_answer(ready, sign_in, auditor):
    for path in (f"/reports/{ready.pk}/download/", f"/reports/{ready.pk}/", "/reports/"):
        answer = sign_in(auditor).get(path)
        assert answer.status_code == 200
        check_headers(answer.headers, path)
    path = f"reports/{ready.pk}/download/"
    for user, status in ((auditor, 200), (None, 401)):
        answer = ApiClient(user).get(path)
        assert answer.status_code == status
        check_headers(answer.headers, path)
