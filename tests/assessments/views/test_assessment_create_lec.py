"""LEC stands beside the matrix for staff safety, and the worse of the two counts."""

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from assessments.models import Assessment, LecScore
from registers.models import RiskArea
from tests.api_client import ApiClient, refusal
from tests.assessments.pages import htmx
from tests.assessments.views.assessment_forms import URL, answers, scores
from tests.builders import make_risk

pytestmark = pytest.mark.django_db

HIGH = {"lec_likelihood": "6", "lec_exposure": "6", "lec_consequence": "3"}


@pytest.fixture
def risk(register, risk_manager, clean):
    area = RiskArea.objects.get(code="staff_safety")
    return make_risk(register, by=risk_manager, department=clean, area=area)


@pytest.fixture
def manager(risk_manager, sign_in):
    return sign_in(risk_manager)


def test_it_is_offered_for_staff_safety_alone(risk, register, risk_manager, clean, manager):
    make_risk(register, by=risk_manager, department=clean)
    assert "lec_exposure" in manager.get(URL).context["form"].fields
    assert "lec_exposure" not in manager.get("/risks/R002/assess/").context["form"].fields


def test_it_is_kept_and_stands_in_the_history_and_in_the_next_form(risk, manager):
    page = manager.post(URL, answers(**scores(4, 3, 4, 3), **HIGH))
    assert page.status_code == 302
    kept = LecScore.objects.get()
    assert (str(kept.danger), kept.assessment.residual_level) == ("108.000", 2)
    assert "6 × 6 × 3 = 108, significant" in manager.get("/risks/R001/assessments/").text


def test_the_worse_counts(risk, manager):
    page = manager.post(URL, answers(**scores(3, 3, 3, 3), **HIGH))
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "residual_probability": [
            "LEC says High (6 × 6 × 3 = 108, significant). The worse counts: choose scores of that level."
        ]
    }
    assert not Assessment.objects.exists()


def test_all_three_or_none(risk, manager):
    page = manager.post(URL, answers(**scores(3, 3, 3, 3), lec_exposure="6"))
    assert page.context["form"].errors == {"lec_likelihood": ["LEC has all three values, or none."]}


@pytest.mark.parametrize(
    ("chosen", "lec", "said"),
    [
        ((5, 5, 5, 5), ("1", "3", "15"), "Matrix and LEC are two levels apart"),
        ((2, 2, 2, 2), ("1", "3", "15"), "Low by LEC, and yet to be watched."),
        ((3, 3, 3, 3), ("3", "6", "15"), "LEC says more than the matrix."),
    ],
)
def test_the_preview_says_where_they_disagree(risk, manager, chosen, lec, said):
    query = scores(*chosen) | dict(zip(HIGH, lec, strict=True))
    assert said in manager.get(URL, query, **htmx("assessment-preview")).text


def test_the_api_takes_and_gives_it(risk, register, risk_manager, clean):
    make_risk(register, by=risk_manager, department=clean)
    pair = {"probability": 4, "impact": 3}
    body = {"risk": "R001", "inherent": pair, "residual": pair, "rationale": "三起",
            "lec": {"likelihood": "6", "exposure": "6", "consequence": "3"}}  # fmt: skip
    api = ApiClient(risk_manager)
    found = api.post("assessments/", body)
    assert found.json()["lec"] == {
        "likelihood": 6.0, "exposure": 6.0, "consequence": 3.0, "danger": 108.0, "level": "high",
    }  # fmt: skip
    other = api.post("assessments/", body | {"risk": "R002"})
    assert refusal(other)[2] == {"lec": ["LEC is for risks of staff safety. Leave it empty here."]}


def test_the_database_knows_the_tables(risk, manager):
    manager.post(URL, answers(**scores(4, 3, 4, 3)))
    made = Assessment.objects.get()
    with pytest.raises(DatabaseError, match="lec_of_the_tables"), transaction.atomic():
        LecScore.objects.create(assessment=made, likelihood=4, exposure=6, consequence=3)
