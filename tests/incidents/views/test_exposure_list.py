from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.services.exposure import enter_exposure
from registers.models import ServiceLine

pytestmark = pytest.mark.django_db
URL = "/incidents/orders/"


def enter(by, *months):
    line = ServiceLine.objects.get(code="cleaning")
    return [enter_exposure(line, date(2026, one, 1), by=by, orders=100 * one) for one in months]


def queries(client):
    with CaptureQueriesContext(connection) as found:
        client.get(URL)
    return len(found)


def test_the_newest_month_first(risk_manager, sign_in):
    client = sign_in(risk_manager)
    assert client.get(URL).context["page"].count == 0
    enter(risk_manager, 1, 2)
    page = client.get(URL)
    assert [(one.code, one.orders) for one in page.context["page"]] == [
        ("cleaning 2026-02", 200), ("cleaning 2026-01", 100),
    ]  # fmt: skip
    assert page.context["may_edit"]


def test_readers_of_the_whole_company_read_it(auditor, service, head_cleaning, sign_in):
    page = sign_in(auditor).get(URL)
    assert (page.status_code, page.context["may_edit"]) == (200, False)
    for user in (service, head_cleaning):
        assert sign_in(user).get(URL).status_code == 403


def test_as_many_queries_for_three_as_for_one(risk_manager, sign_in):
    client = sign_in(risk_manager)
    enter(risk_manager, 1)
    client.get(URL)
    one = queries(client)
    enter(risk_manager, 2, 3)
    assert queries(client) == one
