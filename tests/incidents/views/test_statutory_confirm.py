import pytest

from incidents.models import StatutoryRule
from incidents.services.statutory import edit_rule

pytestmark = pytest.mark.django_db

URL = "/settings/statutory/work_injury/confirm/"


def test_it_is_on_by_the_name_of_whoever_pressed_it(sign_in, risk_manager):
    assert sign_in(risk_manager).post(URL, {"row_version": 1}).status_code == 302
    assert StatutoryRule.objects.confirmed().get().confirmed_by == risk_manager


def test_nobody_confirms_a_text_that_they_have_not_seen(sign_in, risk_manager, second_manager):
    rule = StatutoryRule.objects.get(code="work_injury")
    edit_rule(rule, by=second_manager, version=None, hours=24)
    client = sign_in(risk_manager)
    assert [client.post(URL, sent).status_code for sent in ({"row_version": 1}, {})] == [409, 409]
    assert not StatutoryRule.objects.confirmed().exists()
