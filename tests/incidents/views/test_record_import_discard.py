import pytest

from incidents.models import RecordFile
from incidents.services.record_runs import start_records
from tests.incidents.recording import uploaded

pytestmark = pytest.mark.django_db


def url(run):
    return f"/incidents/imports/{run.pk}/discard/"


@pytest.fixture
def run(risk_manager):
    return uploaded(by=risk_manager)


def test_it_is_put_away(risk_manager, run, sign_in):
    page = sign_in(risk_manager).post(url(run), {"row_version": 1})
    assert (page.status_code, page["Location"]) == (302, "/incidents/imports/")
    run.refresh_from_db()
    assert (run.state, RecordFile.objects.get().secret) == ("discard", "")


def test_of_another_version_it_is_stale(risk_manager, run, sign_in):
    assert sign_in(risk_manager).post(url(run), {"row_version": 7}).status_code == 409


def test_while_it_is_written_it_stays(risk_manager, run, sign_in):
    start_records(run, by=risk_manager, version=1)
    run.refresh_from_db()
    page = sign_in(risk_manager).post(url(run), {"row_version": run.row_version})
    assert (page.status_code, page["Location"]) == (302, f"/incidents/imports/{run.pk}/")
    run.refresh_from_db()
    assert run.state == "applying"


def test_who_may(run, auditor, service, sign_in):
    assert sign_in(auditor).post(url(run), {"row_version": 1}).status_code == 403
    assert sign_in(service).post(url(run), {"row_version": 1}).status_code == 404
