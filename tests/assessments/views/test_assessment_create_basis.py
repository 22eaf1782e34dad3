"""The form counts the controls in use, scores the dimensions, and marks what differs from last time."""

import re

import pytest

from assessments.models import Assessment, AssessmentControl
from registers.models import RiskControl
from registers.services import link_control
from tests.assessments.pages import htmx
from tests.assessments.views.assessment_forms import URL, answers, scores
from tests.builders import assess, check, cover, make_control

pytestmark = pytest.mark.django_db


@pytest.fixture
def risk(risk, risk_manager):
    """With a control that lowers the probability by one step."""
    cover(risk, (3, 3), (2, 3), by=risk_manager)
    return risk


def test_the_controls_in_use_stand_there_with_their_last_check(risk, clean, risk_manager, sign_in):
    (link,) = RiskControl.objects.filter(risk=risk)
    check(link.control, 20, 15, by=risk_manager)
    link_control(risk, make_control(clean, by=risk_manager, state="draft"), by=risk_manager)
    page = sign_in(risk_manager).get(URL)
    (row,) = page.context["form"].counts()
    assert (row.link, row.sample) == (link, "5/20")
    assert (row.probability.value(), row.impact.value()) == (0, 0)
    assert row.answer is not None
    assert "C-101 failed its last check" in page.text


def test_a_failed_control_that_is_counted_asks_for_an_answer(risk, risk_manager, sign_in):
    (link,) = RiskControl.objects.filter(risk=risk)
    check(link.control, 20, 15, by=risk_manager)
    client, key = sign_in(risk_manager), link.control_id
    page = client.post(URL, answers(**{f"probability_by_{key}": 1}))
    assert (page.status_code, set(page.context["form"].errors)) == (422, {f"answer_{key}"})
    page = client.post(URL, answers(**{f"probability_by_{key}": 1, f"answer_{key}": "已返工"}))
    assert page.status_code == 302
    assert AssessmentControl.objects.get().answer == "已返工"


def test_no_control_no_reduction(risk, risk_manager, sign_in):
    (link,) = RiskControl.objects.filter(risk=risk)
    page = sign_in(risk_manager).post(URL, answers(**{f"probability_by_{link.control_id}": 0}))
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "residual_probability": [
            "No control, no reduction: count one that lowers the probability, or keep the score."
        ]
    }
    assert not Assessment.objects.exists()


def test_a_residual_that_nobody_chose_is_what_the_controls_give(risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    client.post(URL, answers(residual_probability="", residual_impact=""))
    assert (
        Assessment.objects.get().residual_probability,
        Assessment.objects.get().residual_impact,
    ) == (2, 3)


def test_the_worst_dimension_is_the_impact_and_stands_in_the_next_form(risk, risk_manager, sign_in):
    client = sign_in(risk_manager)
    dimensions = {"inherent_injury": 3, "inherent_injury_note": "骨折", "inherent_money": 2}
    page = client.post(URL, answers(inherent_impact="", residual_impact="", **dimensions))
    assert page.status_code == 302
    assert Assessment.objects.get().inherent_impact == 3
    form = client.get(URL).context["form"]
    assert {name: form[name].value() for name in dimensions} == dimensions
    page = client.post(URL, answers(**dimensions | {"inherent_injury": 5}))
    assert list(page.context["form"].errors) == ["inherent_impact"]


@pytest.mark.parametrize(
    ("changed", "query", "shown"),
    [
        ("inherent-scores", scores(5, 3, 1, 1), {"residual-scores": (4, 3)}),
        ("counted-controls", scores(5, 3, 5, 3), {"residual-scores": (4, 3)}),
        (
            "inherent-dimensions", scores(5, 3, 1, 1) | {"inherent_money": 2, "inherent_injury": 5},
            {"inherent-impact": (5,), "residual-scores": (4, 5)},
        ),
        ("residual-dimensions", scores(5, 3, 4, 3) | {"residual_money": 2}, {"residual-scores": (4, 2)}),
        ("residual-chosen", scores(5, 3, 5, 3), {}),
        (
            "inherent-scores", scores(5, 3, 5, 3) | {"inherent_injury": 5},
            {"inherent-impact": (5,), "residual-scores": (4, 5)},
        ),
        ("residual-chosen", scores(5, 3, 4, 2) | {"residual_money": 3}, {"residual-scores": (4, 3)}),
    ],
)  # fmt: skip
def test_what_follows_from_a_change_comes_with_the_preview(
    risk, risk_manager, sign_in, changed, query, shown
):
    headers = htmx("assessment-preview")["headers"] | {"HX-Trigger": changed}
    page = sign_in(risk_manager).get(URL, query, headers=headers)
    parts = re.findall(r'id="(inherent-impact|residual-scores)" data-hx-swap-oob="true"', page.text)
    assert parts == list(shown)
    form = page.context["form"]
    if "residual-scores" in shown:
        chosen = form["residual_probability"].value(), form["residual_impact"].value()
        assert tuple(int(one) for one in chosen) == shown["residual-scores"]
    if "inherent-impact" in shown:
        assert (form["inherent_impact"].value(),) == shown["inherent-impact"]


def test_a_card_beside_a_worse_dimension_is_previewed_as_it_is_recorded(
    risk, risk_manager, sign_in
):
    """Pressed or left over: the dimension decides in the form, in the preview and on sending."""
    client, query = sign_in(risk_manager), scores(2, 3, 2, 3) | {"inherent_injury": 5}
    page = client.get(URL, query, **htmx("assessment-preview"))
    preview, form = page.context["preview"], page.context["form"]
    assert (preview.inherent.pair, form["inherent_impact"].value()) == ((2, 5), 5)
    assert preview.needs_second_person
    assert "It counts as soon as you submit it." not in page.text
    page = client.post(URL, answers(**query))
    assert list(page.context["form"].errors) == ["inherent_impact"]
    assert page.context["preview"].inherent.pair == (2, 5)


def test_back_from_quick_entry_the_dimension_decides_again(risk, risk_manager, sign_in):
    fields = scores(2, 3, 2, 3) | {"inherent_injury": 5, "entry": "quick"}
    client = sign_in(risk_manager)
    page = client.post(URL, fields | {"switch": "five"})
    assert page.context["form"]["inherent_impact"].value() == 5
    assert page.context["preview"].inherent.pair == (2, 5)
    quick = client.post(URL, fields | {"switch": "quick"}).context["form"]
    assert quick["inherent_impact"].value() == "3"


def test_the_preview_says_what_decides_and_what_the_controls_give(risk, risk_manager, sign_in):
    query = scores(5, 4, 3, 4) | {"inherent_injury": 4}
    page = sign_in(risk_manager).get(URL, query, **htmx("assessment-preview"))
    assert "Impact 4 without controls: this time decided by Injury." in page.text
    assert "Lower than the controls give (4,4): say in the reasons why." in page.text


def test_what_differs_from_last_time_is_marked(risk, risk_manager, sign_in):
    assess(risk, (3, 3), (2, 3), by=risk_manager)
    (link,) = RiskControl.objects.filter(risk=risk)
    check(link.control, 20, 2, by=risk_manager)
    query = scores(4, 3, 2, 3) | {f"probability_by_{link.control_id}": 2}
    page = sign_in(risk_manager).get(URL, query)
    found = page.context["comparison"]
    assert [(one.before, one.after, one.is_changed) for one in found.scores] == [
        ("3,3", "4,3", True), ("2,3", "2,3", False),
    ]  # fmt: skip
    assert [one.words for one in found.controls] == [
        "counted probability −1, now probability −2",
        "check: never checked, now Partly effective, 18 of 20",
    ]


def test_a_note_without_a_score_is_refused_at_its_dimension(risk, risk_manager, sign_in):
    page = sign_in(risk_manager).post(URL, answers(residual_injury_note="骨折"))
    words = "Choose a score for this note, or take it out."
    assert (page.status_code, page.context["form"].errors) == (422, {"residual_injury": [words]})
    assert re.search('id="residual-dimensions"[^>]* open>', page.text)
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("kind", ["inherent", "residual"])
@pytest.mark.parametrize("score", [1, 5])
def test_quick_entry_says_which_dimension_has_a_score_that_it_lacks(
    risk, risk_manager, sign_in, kind, score
):
    client = sign_in(risk_manager)
    sent = answers(entry="quick", **{f"{kind}_impact": "", f"{kind}_money": score})
    page = client.post(URL, sent)
    words = f"Quick entry has no score {score}: clear it here, or go to the five scores."
    assert (page.status_code, page.context["form"].errors) == (422, {f"{kind}_money": [words]})
    assert not Assessment.objects.exists()
    assert "no score 1 or 5" in client.post(URL, sent | {"switch": "quick"}).text


def test_quick_entry_takes_its_three_scores_by_dimension(risk, risk_manager, sign_in):
    sent = answers(entry="quick", inherent_impact="", inherent_money=3, inherent_injury=2)
    assert sign_in(risk_manager).post(URL, sent).status_code == 302
    assert (Assessment.objects.get().method, Assessment.objects.get().inherent_impact) == (
        "qualitative",
        3,
    )
