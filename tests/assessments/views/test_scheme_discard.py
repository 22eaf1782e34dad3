import pytest

from assessments.models import MatrixScheme
from tests.assessments.events import actions_of
from tests.assessments.matrices import draft, submitted
from tests.assessments.pages import told

pytestmark = pytest.mark.django_db

URL = "/settings/matrix/2/discard/"


def test_a_draft_is_thrown_away(risk_manager, sign_in):
    scheme = draft(by=risk_manager)
    page = sign_in(risk_manager).post(URL, {"row_version": "1"})
    assert told(page) == ["Draft discarded."]
    assert MatrixScheme.objects.get(pk=2).state == "discarded"
    assert actions_of(scheme)[-1] == "scheme.discarded"
    assert "Discarded" in sign_in(risk_manager).get("/settings/matrix/2/").text


def test_what_waits_is_taken_back_first(risk_manager, sign_in):
    scheme = submitted(by=risk_manager)
    page = sign_in(risk_manager).post(URL, {"row_version": scheme.row_version})
    assert told(page) == [
        "This is already “Waiting for approval”, so it cannot become “Discarded”."
    ]


def test_pressed_twice_it_is_thrown_away_once(risk_manager, sign_in):
    draft(by=risk_manager)
    client = sign_in(risk_manager)
    client.post(URL, {"row_version": "1"})
    client.post(URL, {"row_version": "1"})
    assert MatrixScheme.objects.get(pk=2).row_version == 2


def test_nobody_else(risk_manager, auditor, sign_in):
    draft(by=risk_manager)
    assert sign_in(auditor).post(URL, {"row_version": "1"}).status_code == 403
    assert sign_in(risk_manager).get(URL).status_code == 405
