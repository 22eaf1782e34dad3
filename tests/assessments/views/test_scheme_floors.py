"""The editor of a matrix shows and keeps every declared floor, however many a file brought."""

from dataclasses import replace

import pytest

from assessments.matrix import SCORES
from assessments.models import MatrixScheme
from assessments.schemes.content import DeclaredFloor, Words
from assessments.schemes.rows import content_of
from assessments.services.schemes import save_scheme
from tests.assessments.matrices import cautious, draft
from tests.assessments.views.scheme_forms import sent

pytestmark = pytest.mark.django_db
URL = "/settings/matrix/2/edit/"
PLACES = [(p, i) for i in reversed(SCORES) for p in SCORES]


def with_floors(count):
    floors = tuple(DeclaredFloor(place, Words(f"底线 {place}", "")) for place in PLACES[:count])
    return replace(cautious(), floors=floors)


def stored():
    return content_of(MatrixScheme.objects.get(pk=2))


@pytest.mark.parametrize(("count", "rows"), [(0, 1), (8, 9), (25, 25)])
def test_every_floor_is_shown_and_kept(risk_manager, sign_in, count, rows):
    scheme = draft(by=risk_manager, content=with_floors(count))
    client = sign_in(risk_manager)
    assert len(client.get(URL).context["form"].floor_rows) == rows
    before = stored()
    assert len(before.floors) == count
    assert client.post(URL, sent(scheme, name_en="Ours")).status_code == 302
    assert (stored().floors, stored().name.en) == (before.floors, "Ours")


def test_what_was_typed_here_outlives_fewer_rows_elsewhere(risk_manager, second_manager, sign_in):
    """Another window took the floors away: the three that stand here are not lost with their rows."""
    scheme = draft(by=risk_manager, content=with_floors(3))
    form = sent(scheme, floor_3_zh="改过的理由", floor_4_cell="11", floor_4_zh="新的一格")
    save_scheme(scheme, by=second_manager, content=cautious(), version=1)
    client = sign_in(risk_manager)
    page = client.post(URL, form)
    assert page.status_code == 409
    assert 'value="改过的理由"' in page.text
    assert client.post(URL, page.context["form"].data.dict()).status_code == 302
    assert {"改过的理由", "新的一格"} <= {floor.reason.zh for floor in stored().floors}


def test_the_floors_of_a_preset_take_the_place_of_all(risk_manager, sign_in):
    scheme = draft(by=risk_manager, content=with_floors(8))
    page = sign_in(risk_manager).post(URL, sent(scheme) | {"take": "balanced"})
    assert [floor.place for floor in page.context["judged"].content.floors] == [(1, 5)]
