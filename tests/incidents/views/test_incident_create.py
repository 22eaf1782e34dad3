"""The phone form: what, who is hurt, when, where; a number and a receipt."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import brotli
import pytest
import time_machine
from django.contrib.staticfiles.finders import find
from django.core.files.uploadedfile import SimpleUploadedFile

from incidents.models import Incident
from riskhub.company.models import CompanySetting
from riskhub.files.models import Attachment
from riskhub.notices.models import Notice
from tests.photos import picture
from tests.registers.audit import Trail
from tests.riskhub.web.browser import PLAIN_FILES

pytestmark = pytest.mark.django_db

URL = "/m/incident"
NOON = datetime(2026, 9, 23, 4, tzinfo=UTC)  # 12:00 in Shanghai


@pytest.fixture
def staff(sign_in, staff_cleaning):
    return sign_in(staff_cleaning)


@pytest.fixture
def values(clean):
    return {
        "text": "老人起夜时滑倒", "kind": "accident", "department": clean.pk,
        "occurred_at": "2026-09-23T11:40", "client_uuid": str(uuid4()),
    }  # fmt: skip


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def told():
    """{who: what kind of notice}."""
    return {one.user.username: one.kind for one in Notice.objects.select_related("user")}


def test_a_number_and_a_receipt(staff, values, staff_cleaning, clean):
    trail = Trail()
    response = staff.post(URL, values | {"place": "卧室", "order_ref": "DD-1"})
    incident = Incident.objects.get()
    assert (response.status_code, response["Location"]) == (
        302,
        f"/m/incident/sent/{incident.code}",
    )
    assert (incident.text, incident.kind.code, incident.department, incident.reporter) == (
        "老人起夜时滑倒", "accident", clean, staff_cleaning,
    )  # fmt: skip
    assert incident.occurred_at == datetime(2026, 9, 23, 3, 40, tzinfo=UTC)
    assert (incident.place, incident.order_ref) == ("卧室", "DD-1")
    assert trail.only("incidents_incident").action == "incident.reported"


def test_the_moment_is_now_and_the_kind_an_accident_before_one_types(staff, staff_cleaning):
    page = staff.get(URL + "?place=厨房").text
    assert 'value="2026-09-23T12:00"' in page
    assert re.search(r'value="accident"[^>]*checked', page)
    assert 'value="厨房"' in page


def test_the_same_page_sent_three_times_gives_the_same_number(staff, values, risk_manager):
    answers = {staff.post(URL, values)["Location"] for _ in range(3)}
    assert (len(answers), Incident.objects.count(), Notice.objects.count()) == (1, 1, 1)


def test_other_words_with_the_same_key_are_refused(staff, values):
    staff.post(URL, values)
    response = staff.post(URL, values | {"text": "别的事"})
    assert (response.status_code, Incident.objects.count()) == (422, 1)


def test_the_risk_manager_and_the_head_hear_of_it(staff, values, risk_manager, head_cleaning):
    staff.post(URL, values)
    assert told() == {"risk.manager": "incident_reported", "head.cleaning": "incident_reported"}


def test_of_somebody_hurt_they_hear_at_once(
    staff, values, risk_manager, head_cleaning, head_repair
):
    staff.post(URL, values | {"hurt": ["customer", "staff"]})
    assert told() == {"risk.manager": "incident_hurt", "head.cleaning": "incident_hurt"}
    assert [*Incident.objects.get().injured.values_list("role", flat=True)] == ["customer", "staff"]


def test_the_duty_manager_is_told_first_and_can_open_it(
    staff, sign_in, values, risk_manager, head_repair
):
    CompanySetting.objects.create(key="duty_manager", value=head_repair.pk)
    staff.post(URL, values | {"hurt": ["staff"]})
    assert told() == {"head.repair": "incident_hurt", "risk.manager": "incident_reported"}
    url = Notice.objects.get(user=head_repair).url
    assert sign_in(head_repair).get(url).status_code == 200


def test_whoever_reports_is_not_told(sign_in, values, head_cleaning, risk_manager):
    sign_in(head_cleaning).post(URL, values)
    assert told() == {"risk.manager": "incident_reported"}


def test_a_near_miss_comes_without_a_name_and_has_a_way_back(staff, values, staff_cleaning):
    near = values | {"kind": "near_miss", "is_anonymous": "on"}
    address = staff.post(URL, near)["Location"]
    incident = Incident.objects.get()
    assert (incident.reporter, incident.code in address) == (None, False)
    assert staff.post(URL, near)["Location"] == address
    assert incident.code in staff.get(address).text


def test_an_accident_has_a_name(staff, values):
    response = staff.post(URL, values | {"is_anonymous": "on"})
    assert response.status_code == 422
    assert "只有未遂事件可以不署名" in response.text


def test_photos_come_along(staff, values):
    staff.post(URL, values | {"photos": SimpleUploadedFile("a.jpg", picture())})
    assert Attachment.objects.of_all([Incident.objects.get()]).count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", " "), ("kind", "flood"), ("occurred_at", "2026-09-24T11:40"), ("occurred_at", ""),
        ("department", "0"), ("hurt", "dog"), ("client_uuid", ""),
    ],
)  # fmt: skip
def test_what_is_refused(staff, values, field, value):
    response = staff.post(URL, values | {field: value})
    assert (response.status_code, Incident.objects.count()) == (422, 0)


def test_only_the_form_comes_back_to_a_page_that_asks_for_it(staff, values):
    page = staff.post(
        URL, values | {"text": ""}, headers={"HX-Request": "true", "HX-Target": "incident"}
    )
    assert (page.status_code, page.text.lstrip()[:5]) == (422, "<form")


def test_the_emergency_numbers_stand_beside_who_is_hurt(staff):
    page = staff.get(URL).text
    assert page.index('name="hurt"') < page.index("tel:120") < page.index('name="kind"')


def test_the_two_forms_lead_to_each_other(staff):
    assert 'href="/m/new"' in staff.get(URL).text
    assert 'href="/m/incident"' in staff.get("/m/new").text


def test_without_a_role_for_it_nobody_reports(sign_in, auditor, outsider):
    assert [sign_in(one).get(URL).status_code for one in (auditor, outsider)] == [403, 403]


def test_the_first_visit_weighs_at_most_60_kb(staff, settings):
    settings.STORAGES = settings.STORAGES | {"staticfiles": PLAIN_FILES}
    page = staff.get(URL).content
    files = re.findall(r'(?:src|href)="/static/([^"]+)"', page.decode())
    weights = {name: len(brotli.compress(_read(name))) for name in files}
    assert len(weights) >= 5
    assert len(page) + sum(weights.values()) <= 60_000, weights


def _read(name):
    with open(find(name), "rb") as file:  # noqa: PTH123 - found by Django
        return file.read()
