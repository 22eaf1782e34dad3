"""One place up or down; the ends stay where they are."""

import pytest

from registers.models import ServiceLine


def codes():
    return list(ServiceLine.objects.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("key", "to", "place"), [("repair", "up", 0), ("repair", "down", 2), ("cleaning", "up", 0)]
)
def test_one_place(manager, key, to, place):
    before = codes()
    assert manager.post(f"/settings/taxonomy/line:{key}/move/", {"to": to}).status_code == 302
    assert codes().index(key) == place
    assert sorted(codes()) == sorted(before)


def test_nowhere_else(manager):
    before = codes()
    assert manager.post("/settings/taxonomy/line:repair/move/", {"to": "top"}).status_code == 400
    assert codes() == before
