import pytest

from incidents.models import Complaint
from incidents.services.handling import take_complaint
from incidents.services.record_runs import apply_records, start_records
from riskhub.files.store import path_of
from tests.incidents.recording import uploaded

pytestmark = pytest.mark.django_db


def url(run):
    return f"/incidents/imports/{run.pk}/undo/"


@pytest.fixture
def run(risk_manager):
    run = uploaded(by=risk_manager)
    start_records(run, by=risk_manager, version=1)
    run.refresh_from_db()
    apply_records(run, by=risk_manager)
    run.refresh_from_db()
    return run


def test_it_is_reached_from_the_import_and_taken_back_with_a_reason(risk_manager, run, sign_in):
    client = sign_in(risk_manager)
    assert url(run) in client.get(f"/incidents/imports/{run.pk}/").text
    assert "这次导入的 2 条记录" in client.get(url(run)).text
    answer = client.post(url(run), {"reason": "列选错了"})
    assert (answer.status_code, answer["Location"]) == (302, f"/incidents/imports/{run.pk}/")
    assert not Complaint.objects.exists()
    page = client.get(answer["Location"]).text
    assert "列选错了" in page
    assert url(run) not in page


def test_without_a_reason_nothing_happens(risk_manager, run, sign_in):
    page = sign_in(risk_manager).post(url(run), {"reason": " "})
    assert (page.status_code, Complaint.objects.count()) == (422, 2)


def test_what_was_worked_on_is_named(risk_manager, run, sign_in):
    client = sign_in(risk_manager)
    one = Complaint.objects.get(external_id="A-2")
    take_complaint(one, by=risk_manager)
    for page in (client.get(url(run)), client.post(url(run), {"reason": "列选错了"})):
        assert f'href="/incidents/complaints/{one.code}/"' in page.text
    assert (page.status_code, Complaint.objects.count()) == (422, 2)


def test_before_it_is_applied_there_is_nothing_to_undo(risk_manager, sign_in):
    waiting = uploaded(by=risk_manager)
    page = sign_in(risk_manager).get(url(waiting))
    assert (page.status_code, page["Location"]) == (302, f"/incidents/imports/{waiting.pk}/")


def test_where_the_list_of_what_it_brought_is_lost_it_says_so(risk_manager, run, sign_in):
    path_of(run.rows_file.sha256).unlink()
    page = sign_in(risk_manager).post(url(run), {"reason": "列选错了"}, follow=True)
    assert "存放的文件缺失或被改动" in page.text
    assert Complaint.objects.count() == 2


def test_who_may(run, auditor, service, sign_in):
    assert sign_in(auditor).get(url(run)).status_code == 403
    assert sign_in(service).get(url(run)).status_code == 404
