"""What is closed is opened again by its customer, within a month."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from incidents.services.handling import end_complaint
from tests.incidents.complaining import make_closed, make_complaint
from tests.incidents.views.following import STATUS, follow

pytestmark = pytest.mark.django_db
URL = "/track/reopen"


@pytest.fixture
def closed(service, risk):
    return make_closed(service, risk)


def test_it_is_opened_again_once_however_often_it_is_asked(client, closed):
    follow(client, closed)
    assert [client.post(URL, {"reason": "又漏水了"}).status_code for _ in range(2)] == [302, 302]
    closed.refresh_from_db()
    assert closed.state == "investigating"
    page = client.get(STATUS)
    assert page.text.count("又漏水了") == 1
    assert "密封圈老化" not in page.text


def test_it_asks_for_a_reason(client, closed):
    page = follow(client, closed).post(URL, {"reason": " "})
    assert (page.status_code, [*page.context["reopening"].errors]) == (422, ["reason"])


def test_after_a_month_it_says_what_to_do(client, closed):
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        follow(client, closed)
        assert "reopening" not in client.get(STATUS).context
        page = client.post(URL, {"reason": "又漏水了"})
    assert (page.status_code, page.context["typed"]) == (409, ["又漏水了"])


def test_what_ended_otherwise_is_not_opened_again(client, service):
    complaint = make_complaint()
    end_complaint(complaint, by=service, state="invalid", reason="不是我们的")
    page = follow(client, complaint).post(URL, {"reason": "是你们的"})
    assert page.status_code == 409
    assert "不能重新处理" in page.text


def test_without_an_open_page_nothing_happens(client, closed):
    assert client.post(URL, {"reason": "又漏水了"}).status_code == 403
