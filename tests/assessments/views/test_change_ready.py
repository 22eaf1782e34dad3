import pytest

from tests.assessments.changes_pages import assert_refused, url_of
from tests.assessments.changing import bring, make_change
from tests.assessments.events import actions_of

pytestmark = pytest.mark.django_db

BODY = {}


@pytest.fixture
def change(clean, risk_manager):
    return bring(make_change(clean, by=risk_manager), "assessing", by=risk_manager)


def sent(change):
    return BODY | {"row_version": change.row_version}


def test_it_is_done_and_said(sign_in, change, risk_manager):
    page = sign_in(risk_manager).post(url_of(change, "ready"), sent(change))
    assert (page.status_code, page.url) == (302, "/changes/CH-001/")
    change.refresh_from_db()
    assert change.state == "ready"
    assert actions_of(change)[-1] == "change.made_ready"


def test_pressed_twice_the_second_is_told_so(sign_in, change, risk_manager):
    client, body = sign_in(risk_manager), sent(change)
    assert client.post(url_of(change, "ready"), body).status_code == 302
    assert client.post(url_of(change, "ready"), body).status_code == 409


def test_not_by_others_nor_from_a_page_that_is_old(
    sign_in, change, risk_manager, staff_cleaning, head_cleaning, auditor, head_repair
):
    outside = (head_repair, risk_manager)
    assert_refused(
        sign_in,
        change,
        "ready",
        sent(change),
        others=[staff_cleaning, head_cleaning, auditor],
        outside=outside,
    )


def test_with_an_open_task_it_is_refused_and_the_risks_are_listed(
    sign_in, clean, risk, risk_manager
):
    change = bring(make_change(clean, by=risk_manager, risks=[risk]), "assessing", by=risk_manager)
    page = sign_in(risk_manager).post(url_of(change, "ready"), sent(change))
    assert page.status_code == 409
    assert "Still to be judged again: R001." in page.content.decode()


def test_it_is_pressed_not_looked_at(sign_in, change, risk_manager):
    assert sign_in(risk_manager).get(url_of(change, "ready")).status_code == 405
