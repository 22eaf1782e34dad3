"""A report that waited on a phone: when it was written, and by whom alone it is sent."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from incidents.models import Incident
from incidents.services.incidents import report_incident
from riskhub.web.offline import owner_of
from tests.incidents.reporting import seen

pytestmark = pytest.mark.django_db
URL = "/m/incident"
NOON = datetime(2026, 9, 23, 4, tzinfo=UTC)  # 12:00 in Shanghai


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def staff(sign_in, staff_cleaning):
    return sign_in(staff_cleaning)


@pytest.fixture
def values(clean, staff_cleaning):
    return {
        "text": "老人起夜时滑倒", "kind": "near_miss", "department": clean.pk,
        "occurred_at": "2026-09-23T09:40", "client_uuid": str(uuid4()),
        "owner": owner_of(staff_cleaning), "waited": "7200",
    }  # fmt: skip


def test_both_moments_are_kept_and_shown(staff, values, sign_in, risk_manager):
    receipt = staff.post(URL, values)["Location"]
    incident = Incident.objects.get()
    assert (incident.written_at, incident.reported_at) == (NOON - timedelta(hours=2), NOON)
    assert "在手机上填写于 9月23日 10:00" in staff.get(receipt).text
    assert "填写时间" in sign_in(risk_manager).get(incident.get_absolute_url()).text


def test_what_comes_at_once_was_not_written_before(staff, values):
    staff.post(URL, values | {"waited": "3"})
    assert Incident.objects.get().written_at is None


def test_sent_again_later_it_stays_what_it_was(staff, values):
    answers = {staff.post(URL, values | {"waited": waited})["Location"] for waited in ("0", "7200")}
    assert len(answers) == 1
    assert Incident.objects.get().written_at is None


def test_without_a_name_no_other_moment_is_kept(staff, values):
    staff.post(URL, values | {"is_anonymous": "on"})
    assert Incident.objects.get().written_at is None


def test_what_one_person_wrote_is_not_sent_as_anothers(sign_in, values, head_cleaning):
    """Also where the page was drawn for the one and the other has signed in since."""
    response = sign_in(head_cleaning).post(URL, values)
    assert (response.status_code, Incident.objects.count()) == (422, 0)
    assert "这是别人在您登录之前写的" in response.text
    assert "老人起夜时滑倒" in response.text


def test_the_page_names_its_owner(staff, staff_cleaning):
    page = staff.get(URL).text
    assert f'name="owner" value="{owner_of(staff_cleaning)}"' in page
    assert f'data-owner="{owner_of(staff_cleaning)}"' in page


def test_other_words_with_the_same_key_can_be_sent_as_another(staff, values):
    staff.post(URL, values)
    form = staff.post(URL, values | {"text": "别的事"}).context["form"]
    fresh = str(form["client_uuid"].value())
    assert fresh != values["client_uuid"]
    staff.post(URL, values | {"text": "别的事", "client_uuid": fresh})
    assert Incident.objects.count() == 2


def test_nobody_writes_after_it_was_reported(clean, staff_cleaning):
    later = report_incident(seen(clean, written_at=NOON + timedelta(days=1)), by=staff_cleaning)[0]
    assert later.written_at == NOON
    row = Incident.objects.filter(pk=later.pk)
    with pytest.raises(IntegrityError, match="written_before_reported"), transaction.atomic():
        row.update(written_at=NOON + timedelta(seconds=1))
    with pytest.raises(IntegrityError, match="written_before_reported"), transaction.atomic():
        row.update(is_anonymous=True, reporter=None)
