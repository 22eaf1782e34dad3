"""The matrices that ship, and the scale of losses that fits the size of a company."""

import pytest
from django.core.exceptions import ValidationError

from assessments.models import MatrixScheme
from assessments.schemes.in_force import grid_in_force, scheme_in_force
from assessments.schemes.presets import money_bands, presets, shipped_matrix
from assessments.services.starter import use_preset
from registers.choices import LEVEL_RANKS
from tests.builders import assess, make_risk

pytestmark = pytest.mark.django_db


def test_the_standard_preset_is_the_standard_matrix():
    shipped = shipped_matrix()["cells"]
    wanted = {
        (p, i): LEVEL_RANKS[shipped[f"I{i}"][p - 1]] for p in range(1, 6) for i in range(1, 6)
    }
    assert next(iter(presets().values())).cells == wanted
    assert dict(grid_in_force().levels) == wanted


@pytest.mark.parametrize(
    ("revenue", "bands"),
    [
        (20_000_000, [2_000, 10_000, 50_000, 250_000]),
        (5_000_000, [400, 2_000, 10_000, 50_000]),
        (80_000_000, [8_000, 40_000, 200_000, 1_000_000]),
        (1_000_000, [80, 400, 2_000, 10_000]),
    ],
)
def test_losses_follow_the_revenue(revenue, bands):
    assert money_bands(revenue) == bands


def test_what_is_in_force_already_stays(admin):
    former = scheme_in_force()
    assert use_preset("balanced", by=admin, revenue=20_000_000) == former
    assert MatrixScheme.objects.count() == 1


@pytest.mark.parametrize(("code", "cell", "level"), [("cautious", (2, 2), 1),
                                                     ("classic_product", (4, 4), 2)])  # fmt: skip
def test_another_one_takes_its_place(admin, code, cell, level):
    scheme = use_preset(code, by=admin, revenue=80_000_000)
    assert (scheme.number, scheme_in_force()) == (2, scheme)
    assert grid_in_force().levels[cell] == level
    assert MatrixScheme.objects.get(number=1).state == "retired"
    losses = scheme.bands.filter(axis="impact").values_list("lower", flat=True)
    assert list(losses) == [None, 8_000, 40_000, 200_000, 1_000_000]


def test_not_once_something_is_assessed(admin, register, risk_manager):
    assess(make_risk(register, by=risk_manager), (2, 2), (2, 2), by=risk_manager)
    with pytest.raises(ValidationError):
        use_preset("cautious", by=admin, revenue=20_000_000)
    assert MatrixScheme.objects.count() == 1
