"""The clocks of a severity: changed for what comes in from now on."""

import pytest

from incidents.models import Severity
from incidents.services.severities import edit_severity
from riskhub.audit.models import AuditEvent
from tests.incidents.complaining import make_complaint

pytestmark = pytest.mark.django_db

URL = "/settings/clocks/S3/edit/"


@pytest.fixture
def values():
    one = Severity.objects.get(code="S3")
    names = ("name_zh", "name_en", "when_zh", "when_en", "clock", "first_contact", "offer", "close")
    return {name: getattr(one, name) for name in names} | {"row_version": one.row_version}


def test_it_counts_for_what_comes_in_from_now_on(sign_in, risk_manager, values):
    former = make_complaint("以前的")
    answer = sign_in(risk_manager).post(URL, values | {"clock": "calendar", "first_contact": 60})
    assert (answer.status_code, answer["Location"]) == (302, "/settings/clocks/")
    event = AuditEvent.objects.filter(object_type="incidents_severity").latest("pk")
    assert event.action == "severity.edited"
    later = make_complaint("以后的")
    assert (later.first_contact_due - later.received_at).total_seconds() == 3600
    stored = former.first_contact_due
    former.refresh_from_db()
    assert former.first_contact_due == stored


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first_contact": "0"}, "first_contact"),
        ({"first_contact": "a week"}, "first_contact"),
        ({"close": "999999999"}, "close"),
        ({"offer": "1"}, "__all__"),
        ({"name_zh": " "}, "name_zh"),
        ({"clock": "moon"}, "clock"),
    ],
)
def test_what_no_clock_can_be_is_refused(sign_in, risk_manager, values, typed, field):
    page = sign_in(risk_manager).post(URL, values | typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert Severity.objects.get(code="S3").row_version == values["row_version"]


def test_a_stale_version_shows_both_texts(sign_in, risk_manager, second_manager, values):
    edit_severity(Severity.objects.get(code="S3"), by=second_manager, version=None, offer=2000)
    page = sign_in(risk_manager).post(URL, values | {"first_contact": 30})
    assert page.status_code == 409
    assert (page.context["conflict"] is not None, 'value="30"' in page.text) == (True, True)


def test_one_that_is_not_there(sign_in, risk_manager):
    assert sign_in(risk_manager).get("/settings/clocks/S9/edit/").status_code == 404
