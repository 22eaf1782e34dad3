"""The form offers the policies in force beside the controls; the residual follows."""

import pytest

from assessments.models import Assessment
from registers.services import end_transfer
from tests.assessments.pages import htmx
from tests.assessments.views.assessment_forms import URL, answers, scores
from tests.builders import make_policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(risk, risk_manager):
    """In force; another one has ended."""
    end_transfer(make_policy(by=risk_manager, code="P-0"), by=risk_manager)
    return make_policy(by=risk_manager)


def net(policy, impact=1, **fields):
    """Inherent (3,3), residual (3,2)."""
    values = {"residual_probability": 3, "residual_impact": 2, "net_of_policy": policy.pk}
    return answers(**values | {"policy_impact": impact} | fields)


def test_without_a_policy_in_force_nothing_is_offered(risk, risk_manager, sign_in):
    page = sign_in(risk_manager).get(URL)
    assert "net_of_policy" not in page.context["form"].fields
    assert "net-of-policy" not in page.text


def test_those_in_force_are_offered_with_their_last_day(policy, risk_manager, sign_in):
    page = sign_in(risk_manager).get(URL)
    choices = page.context["form"].fields["net_of_policy"].choices
    assert [key for key, _words in choices] == ["", policy.pk]
    assert choices[1][1].startswith("P-1 Liability, until ")


def test_what_it_lowers_is_recorded_and_stands_there_next_time(policy, risk_manager, sign_in):
    client = sign_in(risk_manager)
    assert client.post(URL, net(policy)).status_code == 302
    made = Assessment.objects.get()
    assert (made.net_of_policy_id, made.policy_impact) == (policy.pk, 1)
    form = client.get(URL).context["form"]
    assert (form["net_of_policy"].value(), form["policy_impact"].value()) == (policy.pk, 1)
    text = client.get("/risks/R001/assessments/").text
    assert "Net of the policy" in text
    assert "impact −1" in text
    changed = client.get(URL, scores(3, 3, 3, 1) | {"net_of_policy": policy.pk, "policy_impact": 2})
    assert [one.words for one in changed.context["comparison"].controls] == [
        "counted impact −1, now impact −2"
    ]
    end_transfer(policy, by=risk_manager)
    page = client.get(URL)
    assert [one.words for one in page.context["comparison"].controls] == ["no longer in force"]
    assert page.context["form"]["residual_impact"].value() == 2


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        (
            {"policy_impact": ""}, "policy_impact",
            "Say by how many steps it lowers the impact, or choose no policy.",
        ),
        ({"net_of_policy": ""}, "net_of_policy", "Choose the policy that lowers the impact."),
    ],
)  # fmt: skip
def test_one_without_the_other_says_so(policy, risk_manager, sign_in, fields, field, said):
    page = sign_in(risk_manager).post(URL, net(policy) | fields)
    assert page.status_code == 422
    assert page.context["form"].errors[field] == [said]


@pytest.mark.parametrize("key", ["x", "99999"])
def test_what_is_not_offered_is_refused(policy, risk_manager, sign_in, key):
    page = sign_in(risk_manager).post(URL, net(policy, net_of_policy=key))
    assert (page.status_code, "net_of_policy" in page.context["form"].errors) == (422, True)


def test_the_residual_follows_the_policy(policy, risk_manager, sign_in):
    headers = htmx("assessment-preview")["headers"] | {"HX-Trigger": "net-of-policy"}
    query = scores(3, 3, 3, 3) | {"net_of_policy": policy.pk, "policy_impact": 2}
    page = sign_in(risk_manager).get(URL, query, headers=headers)
    form = page.context["form"]
    assert (form["residual_probability"].value(), form["residual_impact"].value()) == (3, 1)
    assert 'id="residual-scores" data-hx-swap-oob="true"' in page.text


def test_a_residual_that_nobody_chose_is_what_the_policy_gives(policy, risk_manager, sign_in):
    empty = {"residual_probability": "", "residual_impact": ""}
    assert sign_in(risk_manager).post(URL, net(policy, 2, **empty)).status_code == 302
    assert Assessment.objects.get().residual_impact == 1
