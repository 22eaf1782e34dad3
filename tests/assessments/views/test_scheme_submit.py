import pytest

from assessments.models import MatrixScheme
from tests.assessments.events import actions_of
from tests.assessments.matrices import changed, draft, in_force
from tests.assessments.pages import told

pytestmark = pytest.mark.django_db

URL = "/settings/matrix/2/submit/"


def state():
    return MatrixScheme.objects.get(pk=2).state


def test_it_goes_to_management(risk_manager, approver, sign_in):
    scheme = draft(by=risk_manager)
    page = sign_in(risk_manager).post(URL, {"row_version": "1"})
    assert (page.status_code, page["Location"]) == (302, "/settings/matrix/2/")
    assert (told(page), state()) == (["Submitted. 马文斌 decides."], "submitted")
    assert actions_of(scheme)[-1] == "scheme.submitted"


def test_without_an_approver_it_says_so(risk_manager, sign_in):
    draft(by=risk_manager)
    (words,) = told(sign_in(risk_manager).post(URL, {"row_version": "1"}))
    assert words.startswith("Submitted, but nobody may decide on it yet")


def test_a_map_that_falls_stays_a_draft_with_the_reason(risk_manager, sign_in):
    draft(by=risk_manager, content=changed(c33=0))
    (words,) = told(sign_in(risk_manager).post(URL, {"row_version": "1"}))
    assert "(3,3) is Low, though it is worse than (2,3), which is Medium." in words
    assert state() == "draft"


@pytest.mark.parametrize("form", [{}, {"row_version": "x"}, {"row_version": "7"}])
def test_another_version_than_the_page_showed_is_not_handed_in(form, risk_manager, sign_in):
    draft(by=risk_manager)
    (words,) = told(sign_in(risk_manager).post(URL, form))
    assert words == "The matrix was changed meanwhile. Look at it, then decide."
    assert state() == "draft"


def test_what_is_in_force_is_not_handed_in_again(risk_manager, approver, sign_in):
    scheme = in_force(by=risk_manager, approver=approver)
    (words,) = told(sign_in(risk_manager).post(URL, {"row_version": scheme.row_version}))
    assert words.startswith("This is already “In force”")


def test_nobody_else_and_not_by_looking(risk_manager, approver, auditor, sign_in):
    draft(by=risk_manager)
    for person in (approver, auditor):
        assert sign_in(person).post(URL, {"row_version": "1"}).status_code == 403
    assert sign_in(risk_manager).get(URL).status_code == 405
    assert sign_in(risk_manager).post("/settings/matrix/9/submit/").status_code == 404
