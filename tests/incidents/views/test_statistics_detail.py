import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.incidents.complaining import make_complaint
from tests.incidents.recording import take, told

pytestmark = pytest.mark.django_db
URL = "/incidents/statistics/"


def first(page):
    return page.context["sections"][0][1][0].value


def test_the_last_twelve_months_unless_other_days_are_asked_for(risk_manager, sign_in):
    make_complaint()
    take(told(), by=risk_manager)
    client = sign_in(risk_manager)
    page = client.get(URL)
    assert (page.status_code, first(page)) == (200, 1)
    page = client.get(URL, {"since": "2024-03-01", "until": "2024-03-31"})
    assert first(page) == 1
    assert "since=2024-03-01&amp;until=2024-03-31" in page.content.decode()
    assert first(client.get(URL, {"since": "2023-01-01", "until": "2023-12-31"})) == 0


def test_of_one_department_and_service_line(risk_manager, clean, tech, sign_in):
    record = told(department=clean.code, service_line="cleaning")
    take(record, told(external_id="2"), by=risk_manager)
    client, days = sign_in(risk_manager), {"since": "2024-01-01", "until": "2024-12-31"}
    assert first(client.get(URL, days)) == 2
    assert first(client.get(URL, days | {"department": "OPS"})) == 1
    assert first(client.get(URL, days | {"department": "TECH"})) == 0
    assert first(client.get(URL, days | {"line": "cleaning"})) == 1
    assert first(client.get(URL, days | {"line": "repair"})) == 0


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"since": "x"}, "since"), ({"until": "1970-01-01"}, "until"), ({"department": "x"}, "department"),
        ({"since": "2024-02-01", "until": "2024-01-01"}, "until"), ({"line": "x"}, "line"),
    ],
)  # fmt: skip
def test_what_is_not_there_shows_nothing(risk_manager, sign_in, asked, wrong):
    page = sign_in(risk_manager).get(URL, asked)
    assert (page.context["sections"], set(page.context["form"].errors)) == ([], {wrong})


def test_a_head_chooses_among_their_own_departments(head_cleaning, sign_in, tech):
    client = sign_in(head_cleaning)
    page = client.get(URL)
    codes = [code for code, _name in page.context["form"].fields["department"].choices]
    assert "TECH" not in [str(code) for code in codes]
    assert set(sign_in(head_cleaning).get(URL, {"department": "TECH"}).context["form"].errors) == {
        "department"
    }


def test_staff_have_none(staff_cleaning, sign_in):
    assert sign_in(staff_cleaning).get(URL).status_code == 403


def test_as_many_queries_for_three_as_for_one(risk_manager, sign_in):
    client = sign_in(risk_manager)
    make_complaint()
    client.get(URL)
    one = queries(client)
    make_complaint("二")
    make_complaint("三")
    assert queries(client) == one


def queries(client):
    with CaptureQueriesContext(connection) as found:
        client.get(URL)
    return len(found)
