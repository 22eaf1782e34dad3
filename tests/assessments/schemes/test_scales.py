from decimal import Decimal

import pytest
from django.utils.translation import override

from assessments.demands import demand_words
from assessments.models import Band
from assessments.schemes.in_force import Demand
from assessments.schemes.scales import dimension_rows, frequency, money_range, scales_in_force


@pytest.mark.django_db
def test_the_standard_scales_in_both_languages(django_assert_num_queries):
    with django_assert_num_queries(5):
        scales = scales_in_force()
    with override("en"):
        assert [frequency(band) for band in scales.probability] == [
            "once in over 5 years", "once in 1–5 years", "1–5 a year", "5–25 a year",
            "25 a year or more",
        ]  # fmt: skip
        assert [money_range(band) for band in scales.impact] == [
            "Under CNY 2k", "CNY 2k–10k", "CNY 10k–50k", "CNY 50k–250k", "CNY 250k or more",
        ]  # fmt: skip
    with override("zh-hans"):
        assert [money_range(band) for band in scales.impact] == [
            "不到2千元", "2千–1万元", "1万–5万元", "5万–25万元", "25万元以上",
        ]  # fmt: skip
    assert [tuple(floor["cell"]) for floor in scales.scheme.declared_floors] == [(1, 5)]


@pytest.mark.django_db
def test_the_picture_is_the_grid():
    scales = scales_in_force()
    matrix = scales.matrix
    assert matrix.cells == scales.grid.levels
    assert [level.code for level in matrix.levels] == ["low", "medium", "high", "critical"]
    assert matrix.is_above((4, 3))
    assert not matrix.is_above((3, 3))


@pytest.mark.django_db
def test_every_impact_in_every_dimension():
    with override("en"):
        rows = dimension_rows(scales_in_force())
    assert [len(texts) for _band, texts in rows] == [5] * 5
    assert rows[4][1][1:3] == ["A death, or several people seriously injured",
                               "National scandal, customers leave in numbers"]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "english", "chinese"),
    [("500", "Under CNY 500", "不到500元"), ("2500", "Under CNY 2.5k", "不到2.5千元"),
     ("15000", "Under CNY 15k", "不到1.5万元")],
)  # fmt: skip
def test_small_and_crooked_amounts(amount, english, chinese):
    band = Band(lower=None, upper=Decimal(amount))
    with override("en"):
        assert money_range(band) == english
    with override("zh-hans"):
        assert money_range(band) == chinese


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            (True, True, 10, 3),
            "Needs a plan, approved by management within 10 days. Review every 3 months.",
        ),
        (
            (True, True, 1, 1),
            "Needs a plan, approved by management within 1 day. Review every month.",
        ),
        ((True, True, None, None), "Needs a plan, approved by management."),
        ((True, False, None, 6), "Needs a plan. Review every 6 months."),
        ((False, False, None, 12), "Needs no approved plan. Review every 12 months."),
    ],
)
def test_what_a_level_asks_for(facts, words):
    with override("en"):
        assert demand_words(Demand(*facts, text="")) == words


@pytest.mark.parametrize(
    ("special", "contingency", "words"),
    [
        (True, True, "It names special measures, their sponsor and a contingency plan."),
        (True, False, "It names special measures and their sponsor."),
        (False, True, "It names a contingency plan."),
    ],
)
def test_what_the_plan_must_hold_besides(special, contingency, words):
    demand = Demand(True, True, None, 1, "", special, contingency)
    with override("en"):
        assert demand_words(demand) == (
            f"Needs a plan, approved by management. {words} Review every month."
        )
