import pytest

from incidents.models import Complaint
from incidents.services.record_runs import discard_records
from riskhub.work.services import drain_work
from tests.incidents.recording import uploaded

pytestmark = pytest.mark.django_db


def url(run):
    return f"/incidents/imports/{run.pk}/start/"


@pytest.fixture
def run(risk_manager):
    return uploaded(by=risk_manager)


def test_the_worker_writes_it(risk_manager, run, sign_in):
    page = sign_in(risk_manager).post(url(run), {"row_version": 1})
    assert (page.status_code, page["Location"]) == (302, f"/incidents/imports/{run.pk}/")
    run.refresh_from_db()
    assert (run.state, Complaint.objects.count()) == ("applying", 0)
    drain_work()
    run.refresh_from_db()
    assert (run.state, Complaint.objects.count()) == ("applied", 2)


def test_of_another_version_it_is_stale(risk_manager, run, sign_in):
    client = sign_in(risk_manager)
    assert client.post(url(run), {"row_version": 7}).status_code == 409
    assert client.post(url(run), {}).status_code == 400


def test_a_discarded_file_is_not_imported(risk_manager, run, sign_in):
    discard_records(run, by=risk_manager, version=1)
    run.refresh_from_db()
    client = sign_in(risk_manager)
    assert client.post(url(run), {"row_version": run.row_version}).status_code == 302
    assert drain_work() == 0


def test_who_may(run, auditor, service, sign_in):
    assert sign_in(auditor).post(url(run), {"row_version": 1}).status_code == 403
    client = sign_in(service)
    assert client.post(url(run), {"row_version": 1}).status_code == 404
    assert client.get(url(run)).status_code == 405
