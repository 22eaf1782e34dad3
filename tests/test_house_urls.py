"""URL name = view name = template stem = test file: nobody has to search."""

import re

import pytest

from tests.house.sources import ROOT
from tests.routes import Route, routes

OURS = [route for route in routes() if route.is_ours]
TESTS = {path.name for path in (ROOT / "tests").rglob("test_*.py")}


def misplaced(route):
    """What would have to be searched for."""
    namespace, _colon, name = route.name.rpartition(":")
    view, module = route.view.__name__, route.view.__module__
    if namespace == "api":
        if "_".join(re.findall(r"[A-Z][a-z]*", view)).lower() != name:
            yield f"{route.name} is {view}"
        if "api" not in module.split("."):
            yield f"{view} stands in {module}"
        return
    if view != name:
        yield f"{route.name} is {view}"
    homes = (namespace, f"riskhub.{namespace}") if namespace else ("riskhub.home", "riskhub.health")
    if not module.startswith(homes):
        yield f"{view} stands in {module}"
    tests = "test_health" if module == "riskhub.health" else f"test_{name}"
    if not any(test.startswith(tests) for test in TESTS):
        yield f"{tests}.py is missing"


@pytest.mark.parametrize("route", OURS, ids=lambda route: route.key)
def test_everything_is_found_by_its_name(route):
    assert list(misplaced(route)) == []


def test_there_is_no_address_without_a_name():
    assert [route.pattern for route in routes() if not route.name.rpartition(":")[2]] == []


def somewhere(_request):
    """A view that bears another name and stands in the tests."""


class SomewhereElse:
    """An operation likewise."""


@pytest.mark.parametrize(
    ("name", "callback", "said"),
    [
        ("registers:risk_burn", somewhere, 3),
        ("burn", somewhere, 3),
        ("api:risk_burn", SomewhereElse, 2),
    ],
)
def test_what_is_misplaced_is_found(name, callback, said):
    assert len(list(misplaced(Route(name, "x/", (), callback)))) == said
