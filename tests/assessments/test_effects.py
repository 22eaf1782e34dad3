import pytest

from assessments.effects import Effect, is_below, proposed_residual, uncovered_axes


@pytest.mark.parametrize(
    ("inherent", "effects", "residual"),
    [
        ((5, 4), [], (5, 4)),
        ((5, 4), [Effect(1, 1, 0)], (4, 4)),
        ((5, 4), [Effect(1, 1, 0), Effect(2, 2, 1)], (2, 3)),
        ((2, 1), [Effect(1, 2, 2)], (1, 1)),
    ],
)
def test_the_steps_of_all_controls_come_off_and_one_remains(inherent, effects, residual):
    assert proposed_residual(inherent, effects) == residual


@pytest.mark.parametrize(
    ("residual", "effects", "bare"),
    [
        ((3, 3), [], []),
        ((2, 3), [], ["probability"]),
        ((2, 2), [Effect(1, 1, 0)], ["impact"]),
        ((2, 2), [Effect(1, 0, 0)], ["probability", "impact"]),
        ((1, 1), [Effect(1, 1, 0), Effect(2, 0, 1)], []),
    ],
)
def test_an_axis_is_lower_only_by_a_control_that_acts_on_it(residual, effects, bare):
    assert uncovered_axes((3, 3), residual, effects) == bare


def test_below_on_one_axis_is_below():
    assert is_below((2, 4), (3, 3))
    assert not is_below((3, 4), (3, 3))
