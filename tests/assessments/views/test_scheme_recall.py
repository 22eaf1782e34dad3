import pytest

from assessments.models import MatrixScheme
from tests.assessments.events import actions_of
from tests.assessments.matrices import draft, submitted
from tests.assessments.pages import told

pytestmark = pytest.mark.django_db

URL = "/settings/matrix/2/recall/"


def test_it_is_taken_back_to_write_on(risk_manager, sign_in):
    scheme = submitted(by=risk_manager)
    page = sign_in(risk_manager).post(URL, {"row_version": scheme.row_version})
    assert told(page) == ["It is a draft again."]
    assert MatrixScheme.objects.get(pk=2).state == "draft"
    assert actions_of(scheme)[-1] == "scheme.recalled"


def test_a_draft_is_not_taken_back(risk_manager, sign_in):
    draft(by=risk_manager)
    (words,) = told(sign_in(risk_manager).post(URL, {"row_version": "1"}))
    assert words == "This is already “Draft”."


def test_management_does_not_take_it_back(risk_manager, approver, sign_in):
    scheme = submitted(by=risk_manager)
    form = {"row_version": scheme.row_version}
    assert sign_in(approver).post(URL, form).status_code == 403
    assert sign_in(risk_manager).get(URL).status_code == 405
