"""The cards in force: whoever works here may have to act by them, whatever department keeps the plan."""

import pytest

from assessments.models import ContingencyPlan
from assessments.services import retire_contingency_plan
from tests.contingency import make_contingency
from tests.registers.pages import main_of

URL = "/m/cp/"
pytestmark = pytest.mark.django_db


def test_everybody_finds_the_cards_in_force(sign_in, risk_manager, staff_repair, outsider, clean):
    for name, in_force in (("In force", True), ("Only a draft", False), ("Retired", True)):
        made = make_contingency(clean, by=risk_manager, in_force=in_force, name_en=name)
    retire_contingency_plan(made, by=risk_manager, reason="停用")
    for user in (staff_repair, outsider):
        page = main_of(sign_in(user).get(URL))
        assert [name in page for name in ("CP-101", "CP-102", "CP-103")] == [True, False, False]
        assert "Ambulance" in page


def test_whoever_has_left_sees_none(risk_manager, staff_repair, clean):
    make_contingency(clean, by=risk_manager)
    staff_repair.is_active = False
    assert not ContingencyPlan.objects.cards_visible_to(staff_repair).exists()


def test_none_yet(sign_in, staff_repair):
    assert "No contingency plan is in force yet." in main_of(sign_in(staff_repair).get(URL))


def test_it_leads_to_the_card(sign_in, risk_manager, ops):
    make_contingency(ops, by=risk_manager)
    assert 'href="/m/cp/CP-101"' in sign_in(risk_manager).get(URL).content.decode()


def test_as_many_queries_for_more(
    sign_in, risk_manager, ops, django_assert_num_queries, django_assert_max_num_queries
):
    client = sign_in(risk_manager)
    make_contingency(ops, by=risk_manager)
    with django_assert_max_num_queries(20) as one:
        client.get(URL)
    for _more in range(2):
        make_contingency(ops, by=risk_manager)
    with django_assert_num_queries(len(one)):
        client.get(URL)


def test_who_is_nobody_signs_in(client):
    assert client.get(URL)["Location"] == f"/accounts/login/?next={URL}"


def test_wrong_method(sign_in, risk_manager):
    assert sign_in(risk_manager).post(URL).status_code == 405
