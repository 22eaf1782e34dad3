import json
import random
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.models import MatrixScheme
from assessments.schemes.in_force import scheme_in_force
from assessments.schemes.rows import content_of
from tests.assessments.matrices import cautious
from tests.assessments.schemes.test_files import GRID, mangled

pytestmark = pytest.mark.django_db

URL = "/settings/matrix/import/"
FIVE = [[0, 0, 1, 1, 2], [0, 1, 1, 2, 2], [1, 1, 2, 2, 3], [1, 2, 2, 3, 4], [2, 2, 3, 4, 4]]


def upload(data, **fields):
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return {"file": SimpleUploadedFile("m.json", raw), "client_uuid": uuid4(), **fields}


@pytest.fixture
def client(risk_manager, sign_in):
    return sign_in(risk_manager)


def test_our_own_file_becomes_a_draft(client):
    page = client.post(URL, upload(cautious().as_json()))
    assert (page.status_code, page["Location"]) == (302, "/settings/matrix/2/edit/")
    assert content_of(MatrixScheme.objects.get(pk=2)) == cautious()


def test_a_foreign_grid_of_four_levels_becomes_a_draft(client):
    assert client.post(URL, upload({"name": "Theirs", "grid": GRID})).status_code == 302
    made = content_of(MatrixScheme.objects.get(pk=2))
    assert str(made.name) == "Theirs"
    assert made.cells[5, 3] == GRID[4][2]
    assert made.rules == content_of(scheme_in_force()).rules


def test_five_levels_are_mapped_to_four_by_the_person(client):
    names = {"risk": [{"id": n, "name": f"Their {n}"} for n in range(5)]}
    page = client.post(URL, upload({"grid": FIVE, **names}))
    assert (page.status_code, bool(page.context["form"].errors)) == (200, False)
    assert "Say which of the four" not in page.text
    assert [field.label for field in page.context["form"].level_fields] == [
        f"Their {n}" for n in range(5)
    ]
    form = page.context["form"]
    kept = {name: form[name].value() for name in ("kept", "kept_name", "client_uuid")}
    half = client.post(URL, kept | {"level_0": "0", "level_1": "1"})
    assert half.status_code == 422
    assert "Say which of the four levels each of theirs is." in half.text
    assert 'value="1" selected' in half.text
    mapped = {f"level_{n}": str(level) for n, level in enumerate((0, 1, 2, 3, 3))}
    assert client.post(URL, kept | mapped).status_code == 302
    assert content_of(MatrixScheme.objects.get(pk=2)).cells[4, 5] == 3


def test_while_levels_are_mapped_the_file_is_named_and_its_grid_drawn_worst_first(client):
    page = client.post(URL, upload({"grid": FIVE, "levels": ["vl", "lo", "mid", "hi", "vh"]}))
    form = page.context["form"]
    assert form.their_rows[0] == (5, ["mid", "mid", "hi", "vh", "vh"])
    assert form.their_rows[-1] == (1, ["vl", "vl", "lo", "lo", "mid"])
    sent = {name: form[name].value() for name in ("kept", "kept_name", "client_uuid")}
    for shown in (page, client.post(URL, sent | {"level_0": "0"})):
        assert "<caption>m.json</caption>" in shown.text
        assert shown.text.count("<td>vl</td>") == 3


def mapping(client, names):
    """What the page asks about the five levels with these names, and what it sends along."""
    form = client.post(URL, upload({"grid": FIVE, "levels": names})).context["form"]
    chosen = [form[f"level_{n}"].value() or "" for n in range(len(names))]
    return chosen, {name: form[name].value() for name in ("kept", "kept_name", "client_uuid")}


@pytest.mark.parametrize(
    ("names", "suggested"),
    [
        (["vl", "Low", " medium", "HIGH", "vh"], ["", "0", "1", "2", ""]),
        (["很低", "低", "中", "高", "严重"], ["", "0", "1", "2", "3"]),
        (["High", "Low", "mid", "hi", "vh"], [""] * 5),
    ],
    ids=["English", "Chinese", "downwards"],
)
def test_a_level_of_the_same_name_is_suggested_and_nothing_is_kept_yet(names, suggested, client):
    assert mapping(client, names)[0] == suggested
    assert MatrixScheme.objects.count() == 1


def test_names_that_are_all_ours_are_still_asked_about(client):
    chosen, kept = mapping(client, ["低", "Low", "中", "高", "严重"])
    assert chosen == ["0", "0", "1", "2", "3"]
    assert MatrixScheme.objects.count() == 1
    answer = kept | {f"level_{n}": level for n, level in enumerate(chosen)}
    assert client.post(URL, answer).status_code == 302


def test_a_higher_one_of_theirs_is_no_lower_one_of_ours(client):
    _chosen, kept = mapping(client, ["vl", "lo", "mid", "hi", "vh"])
    answer = kept | {f"level_{n}": level for n, level in enumerate("01213")}
    page = client.post(URL, answer)
    said = "It stands above “mid”: choose High or a higher level."
    assert (page.status_code, page.context["form"].errors["level_3"]) == (422, [said])
    assert MatrixScheme.objects.count() == 1


def test_a_file_that_numbers_its_levels_from_the_top_is_mapped_by_where_they_stand(client):
    downwards = [[4 - level for level in row] for row in FIVE]
    names = ["vh", "High", "mid", "Low", "vl"]
    page = client.post(URL, upload({"grid": downwards, "levels": names}))
    form = page.context["form"]
    assert [form[f"level_{n}"].value() for n in (1, 3)] == ["2", "0"]
    kept = {name: form[name].value() for name in ("kept", "kept_name", "client_uuid")}
    answer = kept | {f"level_{n}": level for n, level in enumerate("32100")}
    assert client.post(URL, answer).status_code == 302
    assert content_of(MatrixScheme.objects.get(pk=2)).cells[5, 5] == 3


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"bands": [[1, 4, "Low"]]}, "bands of scores and no grid"),
        ({"grid": GRID[:3]}, "Five by five are needed."),
        (b"", "The file is not JSON that can be read."),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data, said, client):
    page = client.post(URL, upload(data))
    assert page.status_code == 422
    assert said in page.text
    assert MatrixScheme.objects.count() == 1


def test_without_a_file_it_says_so(client):
    page = client.post(URL, {"client_uuid": uuid4()})
    assert (page.status_code, "Choose a file." in page.text) == (422, True)
    assert client.post(URL, {}).status_code == 422


def test_sent_twice_it_is_one_draft(client, second_manager, sign_in):
    key = uuid4()
    for _ in range(2):
        page = client.post(URL, upload(cautious().as_json(), client_uuid=key))
        assert page["Location"] == "/settings/matrix/2/edit/"
    form = upload(cautious().as_json(), client_uuid=key)
    assert sign_in(second_manager).post(URL, form).status_code == 409


def test_odd_files_never_break_the_page(client):
    chance = random.Random(7)  # noqa: S311 - the same ones each time
    own = cautious().as_json()
    for _ in range(40):
        page = client.post(URL, upload(mangled(own, chance)))
        assert page.status_code in (302, 422)
    for scheme in MatrixScheme.objects.exclude(pk=1):
        assert client.get(f"/settings/matrix/{scheme.pk}/edit/").status_code == 200
        assert client.get(f"/settings/matrix/{scheme.pk}/").status_code == 200


def test_only_the_risk_manager_brings_one(approver, auditor, sign_in):
    for person in (approver, auditor):
        assert sign_in(person).post(URL, upload({})).status_code == 403
