"""A reminder by law is put in other words, and is off until somebody confirms these."""

import pytest

from incidents.models import StatutoryRule
from incidents.services.statutory import edit_rule
from tests.incidents.reporting import confirmed

pytestmark = pytest.mark.django_db

URL = "/settings/statutory/work_injury/edit/"


@pytest.fixture
def values(risk_manager):
    (rule,) = confirmed(risk_manager, "work_injury")
    names = ("name_zh", "name_en", "hours", "begins", "from_zh", "from_en", "basis_zh", "hurt")
    return {name: getattr(rule, name) for name in names} | {"row_version": rule.row_version}


def test_it_is_saved_and_off(sign_in, risk_manager, values):
    sent = values | {"hours": 700, "kinds": ["accident"], "least_severity": "2"}
    answer = sign_in(risk_manager).post(URL, sent)
    assert (answer.status_code, answer["Location"]) == (302, "/settings/statutory/")
    rule = StatutoryRule.objects.get(code="work_injury")
    assert (rule.hours, rule.kinds, rule.hurt, rule.least_severity, rule.is_on) == (
        700, ["accident"], ["staff"], 2, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"hours": "0"}, "hours"), ({"kinds": ["dog"]}, "kinds"), ({"name_zh": " "}, "name_zh")],
)
def test_what_is_refused(sign_in, risk_manager, values, typed, field):
    page = sign_in(risk_manager).post(URL, values | typed)
    assert (page.status_code, [*page.context["form"].errors]) == (422, [field])


def test_a_stale_version_shows_both_texts(sign_in, risk_manager, second_manager, values):
    rule = StatutoryRule.objects.get(code="work_injury")
    edit_rule(rule, by=second_manager, version=None, hours=24)
    page = sign_in(risk_manager).post(URL, values | {"hours": 30})
    assert (page.status_code, page.context["conflict"] is not None) == (409, True)
