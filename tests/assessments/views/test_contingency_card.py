"""The card on the phone: big type, minutes, numbers to dial."""

import pytest

from tests.contingency import content, make_contingency

URL = "/m/cp/CP-101"
pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(risk_manager, ops):
    said = content(ops, contacts="<b>值班主管</b>1 138 0000 0000／0755－88886666\n前台")
    return make_contingency(ops, by=risk_manager, said=said)


def test_numbers_are_dialled(plan, sign_in, risk_manager):
    page = sign_in(risk_manager).get(URL).content.decode()
    assert 'href="tel:13800000000">138 0000 0000</a>／' in page
    assert 'href="tel:075588886666">0755－88886666</a></li>' in page
    assert "&lt;b&gt;值班主管&lt;/b&gt;1 <a" in page
    assert page.count('href="tel:120"') == 2
    assert "30 min" in page
    assert "前台" in page


def test_the_version_in_force_and_no_draft(sign_in, risk_manager, ops):
    make_contingency(ops, by=risk_manager, in_force=False)
    assert sign_in(risk_manager).get(URL).status_code == 404


def test_whoever_works_here_and_signs_in(plan, sign_in, staff_repair, client):
    assert sign_in(staff_repair).get("/contingency/CP-101/").status_code == 404
    page = sign_in(staff_repair).get(URL).content.decode()
    assert page.index("Ambulance") < page.index("Injury</h1>")
    response = client.get(URL)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={URL}")


def test_wrong_method(plan, sign_in, risk_manager):
    assert sign_in(risk_manager).post(URL).status_code == 405
