"""The matrix to begin with, each shown; once risks are assessed the one in force stays."""

from assessments.schemes.in_force import scheme_in_force
from riskhub.company.services import set_preference
from tests.builders import assess, make_risk

URL = "/setup/matrix/"


def test_chosen_with_the_scale_of_the_revenue(as_founder, founder):
    set_preference("yearly_revenue", 80_000_000, by=founder)
    page = as_founder.get(URL)
    assert page.context["form"]["preset"].value() == "balanced"
    assert "1,000,000 以上" in page.content.decode()
    assert as_founder.post(URL, {"preset": "cautious"})["Location"] == "/setup/library/"
    assert (scheme_in_force().number, scheme_in_force().name) == (2, "谨慎（照护业务）")
    assert as_founder.get(URL).context["form"]["preset"].value() == "cautious"


def test_the_one_in_force_again_makes_no_other(as_founder):
    as_founder.post(URL, {"preset": "balanced"})
    assert scheme_in_force().number == 1


def test_in_use_it_stays(as_founder, register, risk_manager, part):
    assess(make_risk(register, by=risk_manager), (2, 2), (2, 2), by=risk_manager)
    assert "矩阵不变" in as_founder.get(URL).content.decode()
    assert part(as_founder, URL, "setup-form", {"preset": "cautious"}).status_code == 422
    assert scheme_in_force().number == 1


def test_none_that_there_is_not(as_founder, part):
    response = part(as_founder, URL, "setup-form", {"preset": "magic"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["preset"])
