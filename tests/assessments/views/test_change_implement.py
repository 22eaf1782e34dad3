import pytest

from assessments.services import add_change_risk
from riskhub.entry.day_words import day as in_words
from tests.assessments.changes_pages import assert_refused, url_of
from tests.assessments.changing import EARLY, bring, day, make_change
from tests.assessments.events import actions_of

pytestmark = pytest.mark.django_db

BODY = {"effective_on": day(0), "early_reason": EARLY}


@pytest.fixture
def change(clean, risk_manager):
    return bring(make_change(clean, by=risk_manager), "ready", by=risk_manager)


def sent(change):
    return BODY | {"row_version": change.row_version}


def test_it_is_done_and_said(sign_in, change, risk_manager):
    page = sign_in(risk_manager).post(url_of(change, "implement"), sent(change))
    assert (page.status_code, page.url) == (302, "/changes/CH-001/")
    change.refresh_from_db()
    assert change.state == "implemented"
    assert actions_of(change)[-1] == "change.implemented"


def test_before_its_day_only_with_a_reason_that_stays_on_the_page(sign_in, change, risk_manager):
    client = sign_in(risk_manager)
    for thin in ("", "..........", "赶时间"):
        page = client.post(url_of(change, "implement"), sent(change) | {"early_reason": thin})
        assert (page.status_code, set(page.context["form"].errors)) == (422, {"early_reason"})
    client.post(url_of(change, "implement"), sent(change))
    change.refresh_from_db()
    assert (change.early_reason, change.implemented_by) == (EARLY, risk_manager)
    assert EARLY in client.get(f"/changes/{change.code}/").content.decode()


def test_pressed_twice_the_second_is_told_so(sign_in, change, risk_manager):
    client, body = sign_in(risk_manager), sent(change)
    assert client.post(url_of(change, "implement"), body).status_code == 302
    assert client.post(url_of(change, "implement"), body).status_code == 409


def test_not_by_others_nor_from_a_page_that_is_old(
    sign_in, change, risk_manager, staff_cleaning, head_cleaning, auditor, head_repair
):
    outside = (head_repair, risk_manager)
    assert_refused(
        sign_in,
        change,
        "implement",
        sent(change),
        others=[staff_cleaning, head_cleaning, auditor],
        outside=outside,
    )


def test_with_an_open_task_it_is_refused_and_the_risks_are_listed(
    sign_in, clean, risk, change, risk_manager
):
    add_change_risk(change, risk, by=risk_manager)
    page = sign_in(risk_manager).post(url_of(change, "implement"), sent(change))
    assert page.status_code == 409
    assert "Still to be judged again: R001." in page.content.decode()
    change.refresh_from_db()
    assert change.state == "ready"


def test_a_day_before_it_was_handed_in_is_refused_at_its_field(sign_in, change, risk_manager):
    page = sign_in(risk_manager).post(
        url_of(change, "implement"), sent(change) | {"effective_on": day(-1)}
    )
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "effective_on": [f"It was submitted on {in_words(day(0))}: choose that day or a later one."]
    }
    change.refresh_from_db()
    assert change.state == "ready"


def test_a_day_that_has_not_come_is_refused_at_its_field(sign_in, change, risk_manager):
    page = sign_in(risk_manager).post(
        url_of(change, "implement"), sent(change) | {"effective_on": day(1)}
    )
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"effective_on"})
