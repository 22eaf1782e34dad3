import pytest

from tests.assessments.changes_pages import assert_refused, url_of
from tests.assessments.changing import bring, make_change, put_live
from tests.assessments.events import actions_of

pytestmark = pytest.mark.django_db

BODY = {"outcome": "partly", "review": "大体顺利"}


@pytest.fixture
def change(clean, risk_manager):
    return bring(make_change(clean, by=risk_manager), "implemented", by=risk_manager)


def sent(change):
    return BODY | {"row_version": change.row_version}


def test_it_is_done_and_said(sign_in, change, risk_manager):
    page = sign_in(risk_manager).post(url_of(change, "review"), sent(change))
    assert (page.status_code, page.url) == (302, "/changes/CH-001/")
    change.refresh_from_db()
    assert change.state == "reviewed"
    assert actions_of(change)[-1] == "change.reviewed"


def test_pressed_twice_the_second_is_told_so(sign_in, change, risk_manager):
    client, body = sign_in(risk_manager), sent(change)
    assert client.post(url_of(change, "review"), body).status_code == 302
    assert client.post(url_of(change, "review"), body).status_code == 409


def test_the_head_of_its_department_reviews_it_too(sign_in, change, head_cleaning):
    assert sign_in(head_cleaning).post(url_of(change, "review"), sent(change)).status_code == 302


def test_not_by_whoever_put_it_live_and_the_page_says_why(sign_in, clean, risk_manager):
    change = bring(make_change(clean, by=risk_manager), "ready", by=risk_manager)
    put_live(change, by=risk_manager)
    change.refresh_from_db()
    client = sign_in(risk_manager)
    said = "You put this change live. Somebody else reviews it."
    page = client.get(f"/changes/{change.code}/").content.decode()
    assert said in page
    assert url_of(change, "review") not in page
    assert client.get(url_of(change, "review")).url == f"/changes/{change.code}/"
    refused = client.post(url_of(change, "review"), sent(change))
    assert refused.status_code == 409
    assert said in refused.content.decode()
    change.refresh_from_db()
    assert change.state == "implemented"


def test_not_by_others_nor_from_a_page_that_is_old(
    sign_in, change, risk_manager, staff_cleaning, auditor, head_repair
):
    outside = (head_repair, risk_manager)
    assert_refused(
        sign_in,
        change,
        "review",
        sent(change),
        others=[staff_cleaning, auditor],
        outside=outside,
    )
