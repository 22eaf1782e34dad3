import pytest

from tests.assessments.changes_pages import assert_refused, url_of
from tests.assessments.changing import make_change
from tests.assessments.events import actions_of

pytestmark = pytest.mark.django_db

BODY = {"none_affected": "逐条看过流程图和控制"}


@pytest.fixture
def change(clean, staff_cleaning):
    return make_change(clean, by=staff_cleaning)


def sent(change):
    return BODY | {"row_version": change.row_version}


def test_it_is_done_and_said(sign_in, change, staff_cleaning):
    page = sign_in(staff_cleaning).post(url_of(change, "submit"), sent(change))
    assert (page.status_code, page.url) == (302, "/changes/CH-001/")
    change.refresh_from_db()
    assert change.state == "submitted"
    assert actions_of(change)[-1] == "change.submitted"


def test_pressed_twice_the_second_is_told_so(sign_in, change, staff_cleaning):
    client, body = sign_in(staff_cleaning), sent(change)
    assert client.post(url_of(change, "submit"), body).status_code == 302
    assert client.post(url_of(change, "submit"), body).status_code == 409


def test_not_by_others_nor_from_a_page_that_is_old(
    sign_in, change, risk_manager, staff_cleaning, head_cleaning, auditor, head_repair
):
    others, outside = [auditor], (head_repair, staff_cleaning)
    assert_refused(sign_in, change, "submit", sent(change), others=others, outside=outside)


def test_without_a_risk_somebody_says_that_they_looked(sign_in, change, staff_cleaning):
    client = sign_in(staff_cleaning)
    assert "Why is no risk affected?" in client.get(url_of(change, "submit")).content.decode()
    page = client.post(url_of(change, "submit"), sent(change) | {"none_affected": " "})
    assert page.status_code == 422


def test_the_risks_that_it_asks_for_stand_on_the_page(sign_in, clean, risk, staff_cleaning):
    change = make_change(clean, by=staff_cleaning, risks=[risk])
    page = sign_in(staff_cleaning).get(url_of(change, "submit")).content.decode()
    assert "R001" in page
    assert "Why is no risk affected?" not in page
    assert sign_in(staff_cleaning).post(url_of(change, "submit"), sent(change)).status_code == 302
