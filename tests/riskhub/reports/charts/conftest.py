import pytest
from django.utils.translation import override

from riskhub.reports.charts.grid import Matrix, Step
from riskhub.reports.charts.levels import Level

ROWS = {  # impact 1..5, columns probability 1..5
    1: (0, 0, 0, 1, 1),
    2: (0, 0, 1, 1, 2),
    3: (0, 1, 1, 2, 3),
    4: (1, 1, 2, 3, 3),
    5: (2, 2, 3, 3, 3),
}


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def matrix():
    looks = (
        ("low", "Low", "#E8F2F7", "#1B1B1B"),
        ("medium", "Medium", "#E8AE1E", "#1B1B1B"),
        ("high", "High", "#B9480F", "#FFFFFF"),
        ("critical", "Critical", "#5C0F2A", "#FFFFFF"),
    )
    steps = [Step(score, f"name {score}", f"< {score}") for score in range(1, 6)]
    return Matrix(
        levels=[Level(rank, *look) for rank, look in enumerate(looks)],
        probability=steps,
        impact=steps,
        cells={(p, i): rank for i, row in ROWS.items() for p, rank in enumerate(row, start=1)},
    )
