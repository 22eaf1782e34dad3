from datetime import timedelta

import pytest
from django.utils import timezone

from riskhub.company.models import CalendarDay

pytestmark = pytest.mark.django_db

URL = "/settings/clocks/days/new/"


def ahead(days):
    return str(timezone.localdate() + timedelta(days=days))


def test_a_day_is_entered_and_entered_again_it_is_changed(sign_in, risk_manager):
    client = sign_in(risk_manager)
    for kind in ("closed", "worked"):
        answer = client.post(URL, {"day": ahead(9), "kind": kind, "note": "盘点"})
        assert (answer.status_code, answer["Location"]) == (302, "/settings/clocks/days/")
    (kept,) = CalendarDay.objects.all()
    assert (str(kept), kept.is_worked, kept.note) == (ahead(9), True, "盘点")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": ""}, "day"), ({"day": ahead(-1)}, "day"), ({"day": ahead(9000)}, "day"),
        ({"kind": "half"}, "kind"), ({"note": "长" * 101}, "note"),
    ],
)  # fmt: skip
def test_what_is_refused(sign_in, risk_manager, typed, field):
    page = sign_in(risk_manager).post(URL, {"day": ahead(9), "kind": "closed"} | typed)
    assert (page.status_code, [*page.context["form"].errors]) == (422, [field])
    assert not CalendarDay.objects.exists()


def test_an_empty_form_stands_at_closed(sign_in, risk_manager):
    form = sign_in(risk_manager).get(URL).context["form"]
    assert form["kind"].value() == "closed"


def test_only_whoever_keeps_the_clocks(sign_in, auditor):
    assert sign_in(auditor).get(URL).status_code == 403
