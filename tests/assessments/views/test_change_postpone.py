import pytest

from assessments.models import ReassessmentTask
from riskhub.entry.day_words import day as shown
from tests.assessments.changing import bring, day, make_change
from tests.assessments.pages import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(clean, risk, risk_manager):
    change = make_change(clean, by=risk_manager, risks=[risk])
    return bring(change, "submitted", by=risk_manager)


def url(change):
    return f"/changes/{change.code}/postpone/"


def sent(change, **fields):
    change.refresh_from_db()
    values = {"planned_on": day(60).isoformat(), "reason": "等设备到货以后再开始执行"}
    return values | {"row_version": change.row_version} | fields


def test_it_goes_to_a_later_day(change, risk_manager, sign_in):
    client = sign_in(risk_manager)
    assert url(change) in client.get(change.get_absolute_url()).text
    assert "It is planned for" in client.get(url(change)).text
    page = client.post(url(change), sent(change))
    assert (page.status_code, page["Location"]) == (302, change.get_absolute_url())
    assert told(page) == [f"{change.code} is postponed."]
    change.refresh_from_db()
    assert (change.planned_on, ReassessmentTask.objects.get().due_on) == (day(60), day(59))


def test_its_page_tells_each_step_with_its_reason(change, risk_manager, sign_in):
    client = sign_in(risk_manager)
    client.post(url(change), sent(change))
    page = client.get(change.get_absolute_url())
    assert [row.words for row in page.context["history"]] == [
        f"Postponed from {shown(day(30))} to {shown(day(60))}: 等设备到货以后再开始执行",
        "Process change submitted",
        "Process change filed",
    ]
    assert "At first planned for" in page.text


def test_an_earlier_day_is_refused_at_the_field(change, risk_manager, sign_in):
    page = sign_in(risk_manager).post(url(change), sent(change, planned_on=day(9).isoformat()))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["planned_on"])


def test_a_stale_page_is_told(change, risk_manager, sign_in):
    assert sign_in(risk_manager).post(url(change), sent(change, row_version=1)).status_code == 409


def test_a_draft_is_edited_instead(clean, risk_manager, sign_in):
    change = make_change(clean, by=risk_manager)
    client = sign_in(risk_manager)
    assert url(change) not in client.get(change.get_absolute_url()).text
    assert client.get(url(change))["Location"] == change.get_absolute_url()
    assert client.post(url(change), sent(change)).status_code == 409


@pytest.mark.parametrize(
    ("who", "status"),
    [("risk_manager", 200), ("head_cleaning", 403), ("auditor", 403), ("outsider", 404)],
)
def test_who_may(change, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(url(change)).status_code == status
    assert client.put(url(change)).status_code == 405
