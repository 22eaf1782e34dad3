from datetime import date

import pytest

from incidents.services.exposure import enter_exposure
from registers.models import ServiceLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def exposure(risk_manager):
    line = ServiceLine.objects.get(code="cleaning")
    return enter_exposure(line, date(2026, 3, 1), by=risk_manager, orders=1200)


def url(exposure):
    return f"/incidents/orders/{exposure.pk}/edit/"


def typed(page, **fields):
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields} | fields
    return {name: "" if value is None else value for name, value in values.items()}


def test_figures_are_corrected(risk_manager, exposure, sign_in):
    client = sign_in(risk_manager)
    page = client.post(url(exposure), typed(client.get(url(exposure)), orders="1300"))
    exposure.refresh_from_db()
    assert (page.status_code, page["Location"], exposure.orders) == (
        302,
        "/incidents/orders/",
        1300,
    )


def test_somebody_saved_in_between(risk_manager, exposure, sign_in):
    client = sign_in(risk_manager)
    first = typed(client.get(url(exposure)))
    client.post(url(exposure), first | {"orders": "1300"})
    page = client.post(url(exposure), first | {"orders": "1400"})
    assert (page.status_code, page.context["form"]["orders"].value()) == (409, "1400")
    assert page.context["conflict"]


def test_wrong_figures_and_who_may(risk_manager, auditor, exposure, sign_in):
    client = sign_in(risk_manager)
    page = client.post(url(exposure), typed(client.get(url(exposure)), orders="x"))
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"orders"})
    assert client.get("/incidents/orders/99999/edit/").status_code == 404
    assert sign_in(auditor).get(url(exposure)).status_code == 403
