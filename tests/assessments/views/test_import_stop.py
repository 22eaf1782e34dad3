import pytest

from assessments.services.imports import start_import
from registers.models import Risk
from riskhub.work.services import drain_work
from tests.assessments.events import actions_of
from tests.assessments.pages import told
from tests.assessments.uploads import answered
from tests.assessments.wizard import page_of
from tests.cast import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(register, risk_manager):
    return start_import(answered(by=risk_manager), by=risk_manager)


def stop(client, run):
    page = client.post(f"{page_of(run)}stop/")
    run.refresh_from_db()
    return page


def test_back_to_the_answers(run, risk_manager, sign_in):
    page = stop(sign_in(risk_manager), run)
    assert (page.status_code, page["Location"]) == (302, page_of(run))
    assert told(page) == ["Stopped. Nothing was imported."]
    assert (run.state, actions_of(run)[-1]) == ("uploaded", "import.stopped")
    drain_work()
    assert Risk.objects.count() == 0


def test_too_late(run, risk_manager, sign_in):
    drain_work()
    assert told(stop(sign_in(risk_manager), run)) == [
        "This is already “Applied”, so it cannot become “Uploaded”."
    ]
    assert (run.state, Risk.objects.count()) == ("applied", 3)


def test_not_visible_not_allowed_wrong_method(
    run, risk_manager, second_manager, auditor, tech, sign_in
):
    assert stop(sign_in(second_manager), run).status_code == 403
    assert stop(sign_in(make_user("of.tech", "x", "risk_manager", tech)), run).status_code == 404
    assert stop(sign_in(auditor), run).status_code == 403
    assert sign_in(risk_manager).get(f"{page_of(run)}stop/").status_code == 405
    assert run.state == "applying"
