"""Throw away what was begun, but not what another window has saved since."""

import pytest

from assessments.models import AssessmentDraft
from riskhub.audit.models import AuditEvent
from tests.assessments.pages import htmx, told
from tests.assessments.views.assessment_forms import URL as FORM
from tests.assessments.views.assessment_forms import half

pytestmark = pytest.mark.django_db

URL = f"{FORM}draft/"


def test_discarded_it_is_gone(risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    client.post(URL, half(), **htmx("draft-state"))
    page = client.post(f"{URL}discard/", {"row_version": "1"})
    assert (page.status_code, page["Location"], told(page)) == (
        302,
        FORM,
        ["The draft is discarded."],
    )
    assert not AssessmentDraft.objects.exists()
    assert client.post(f"{URL}discard/", {"row_version": "1"}).status_code == 302
    assert AuditEvent.objects.filter(action="assessment.draft_discarded").count() == 1


def test_a_draft_that_another_window_saved_is_not_discarded_unseen(risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    client.post(URL, half())
    client.post(URL, half(row_version="1", rationale="另一个窗口"))
    page = client.post(f"{URL}discard/", {"row_version": "1"})
    assert page.status_code == 409
    assert AssessmentDraft.objects.get().typed["rationale"] == "另一个窗口"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("risk_manager", 302), ("head_cleaning", 302), ("staff_cleaning", 403), ("approver", 403),
        ("auditor", 403), ("admin", 403), ("head_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(risk, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(f"{URL}discard/", {}).status_code == status
    assert client.get(f"{URL}discard/").status_code == 405
