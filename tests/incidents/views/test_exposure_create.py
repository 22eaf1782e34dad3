import pytest

from incidents.models import ExposureMonth
from registers.models import ServiceLine

pytestmark = pytest.mark.django_db
URL = "/incidents/orders/new/"


def send(client, **fields):
    line = ServiceLine.objects.get(code="cleaning").pk
    return client.post(URL, {"line": line, "month": "2026-03", "orders": "1200"} | fields)


def test_a_month_is_entered(risk_manager, sign_in):
    page = send(sign_in(risk_manager), care_days="30")
    entered = ExposureMonth.objects.get()
    assert (page.status_code, page["Location"]) == (302, "/incidents/orders/")
    assert (entered.code, entered.orders, entered.care_days, entered.staff_days) == (
        "cleaning 2026-03", 1200, 30, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"orders": ""}, "orders"), ({"orders": "-1"}, "orders"), ({"month": "2999-01"}, "month"),
        ({"month": "2026-13"}, "month"), ({"month": "x"}, "month"), ({"line": "0"}, "line"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_asked_again(risk_manager, sign_in, fields, wrong):
    page = send(sign_in(risk_manager), **fields)
    assert (page.status_code, set(page.context["form"].errors)) == (422, {wrong})


def test_a_month_that_is_there_is_corrected_in_the_list(risk_manager, sign_in):
    client = sign_in(risk_manager)
    send(client)
    page = send(client, orders="7")
    assert (page.status_code, page.context["form"].errors["month"]) == (
        422, ["该月已有 1200 单。请在列表中更正。"],
    )  # fmt: skip


def test_who_may(auditor, sign_in, risk_manager):
    assert send(sign_in(auditor)).status_code == 403
    assert sign_in(risk_manager).get(URL).status_code == 200
