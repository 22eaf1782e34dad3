"""Matrices from files: our own round-trip, foreign grids load, everything else is refused in a sentence."""

import json
import random
from pathlib import Path

import pytest
from django.utils.translation import override

from assessments.schemes.files import ForeignGrid, read_file
from assessments.schemes.in_force import scheme_in_force
from assessments.schemes.reading import NotAScheme
from assessments.schemes.rows import area_codes, content_of
from tests.assessments.matrices import cautious

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[3].parent / "shared/data/matrices"
SHARED = pytest.mark.skipif(not DATA.is_dir(), reason="the trial data lie beside the project")
GRID = [[0, 0, 0, 1, 1], [0, 0, 1, 1, 2], [0, 1, 1, 2, 3], [1, 1, 2, 3, 3], [1, 2, 3, 3, 3]]


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def read(data):
    raw = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
    return read_file(raw, area_codes())


def refused(data):
    with pytest.raises(NotAScheme) as refusal:
        read(data)
    return str(refusal.value)


# ---------- our own ----------


def test_our_own_file_reads_back_to_the_same_matrix():
    for content in (content_of(scheme_in_force()), cautious()):
        assert read(content.as_json()) == content
        assert read(content.canonical().encode()) == content


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("version",), 2, "This is not a matrix in the format of this program, version 1."),
        (("cells", "I3"), ["low"] * 4, "cells.I3: 5 entries are expected."),
        (("cells", "I3", 1), "severe", "cells.I3: low, medium, high or critical is expected."),
        (("probability", "limits", 0), "0.2", "probability.limits: a number is expected."),
        (("probability", "limits", 0), True, "probability.limits: a number is expected."),
        (("probability", "limits", 0), -1, "probability.limits: a number from 0.0001"),
        (("impact", "limits", 3), 1e30, "impact.limits: this number is too large."),
        (("impact", "limits"), [1, 2], "impact.limits: 4 entries are expected."),
        (("impact", "bands", 0, "injury"), "x", "impact.bands.injury: an object is expected."),
        (("name", "zh"), 5, "name: a text is expected."),
        (("name", "zh"), "长" * 101, "name: at most 100 characters."),
        (("reference_orders",), 0, "reference_orders: a whole number from 1 to 2000000000"),
        (("floors",), {}, "floors: a list is expected."),
        (("floors", 0, "cell"), [1, 6], "floors.cell: scores from 1 to 5 are expected."),
        (("appetite", "areas"), {"burning": "low"}, "There is no area “burning” here."),
        (("appetite", "levels", "low", "needs_plan"), "yes", "appetite.levels.low: true or false"),
        (("appetite", "levels", "high", "approval_days"), 0, "approval_days: a whole number from"),
        (("appetite", "levels", "high"), None, "appetite.levels.high: an object is expected."),
        (("foo",), 1, "matrix: “foo” is not known here."),
        (("cells", "I6"), ["low"] * 5, "cells: “I6” is not known here."),
        (("name", "fr"), "x", "name: “fr” is not known here."),
        (("probability", "steps"), [], "probability: “steps” is not known here."),
        (("impact", "bands", 0, "money"), {}, "impact.bands: “money” is not known here."),
        (("appetite", "line"), "low", "appetite: “line” is not known here."),
        (("appetite", "levels", "severe"), {}, "appetite.levels: “severe” is not known here."),
        (("appetite", "levels", "low", "needs"), 1, "appetite.levels.low: “needs” is not known"),
        (("floors", 0, "why"), "x", "floors: “why” is not known here."),
        (("floors", 0, "level"), "medium", "floors: (1,5) says medium, its cell is high."),
        (("floors", 0, "level"), "severe", "floors.level: low, medium, high or critical"),
        (("name", "en"), "a\x00b", "name: this text cannot be read."),
        (("probability", "limits", 0), 0.20001, "probability.limits: at most four decimals."),
        (("version",), True, "This is not a matrix in the format of this program, version 1."),
    ],
)
def test_a_fault_in_our_own_format_is_named_by_its_place(path, value, said):
    data = content_of(scheme_in_force()).as_json()
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert said in refused(data)


def test_a_floor_twice_is_refused():
    data = content_of(scheme_in_force()).as_json()
    data["floors"] *= 2
    assert refused(data) == "A cell is declared as a floor twice."


def test_a_floor_that_says_no_level_has_that_of_its_cell():
    data = content_of(scheme_in_force()).as_json()
    del data["floors"][0]["level"]
    assert read(data) == content_of(scheme_in_force())


# ---------- foreign grids ----------


def test_four_levels_load():
    found = read(
        {"name": "x", "grid": GRID, "risk": [{"id": n, "name": w} for n, w in enumerate("abcd")]}
    )
    assert isinstance(found, ForeignGrid)
    assert (found.name, found.levels, found.is_of_four) == ("x", list("abcd"), True)
    content = found.content(content_of(scheme_in_force()), [0, 1, 2, 3])
    assert content.cells[1, 1] == 0
    assert content.cells[3, 5] == 3
    assert content.cells[5, 1] == 1
    assert content.impact_limits == content_of(scheme_in_force()).impact_limits


def test_a_grid_by_impact_is_turned():
    found = read({"grid": GRID, "orientation": "grid[impact][probability] = index"})
    assert found.cells[5, 3] == GRID[2][4]


def test_words_are_ranked_from_the_low_corner_on():
    words = ["low", "mid", "high", "top"]
    found = read({"grid": [[words[level] for level in row] for row in GRID]})
    assert found.levels == words
    assert found.cells[5, 5] == 3


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"grid": GRID[:4]}, "The grid has 4 rows of 5 cells. Five by five are needed."),
        ({"grid": [row[:4] for row in GRID]}, "The grid has 5 rows of 4 cells."),
        ({"grid": [*GRID[:4], [1]]}, "The grid has 5 rows of 1/5 cells."),
        ({"grid": []}, "The grid has 0 rows of 0 cells."),
        ({"grid": "x"}, "“grid” is not a list of rows."),
        ({"grid": [1, 2, 3, 4, 5]}, "“grid” is not a list of rows."),
        (
            {"grid": dict(zip("ABCDE", GRID, strict=True))},
            "The rows of the grid have names and no order.",
        ),
        ({"grid": [[1.5] * 5] * 5}, "A cell of the grid is neither a level's number nor its name."),
        ({"grid": [[None] * 5] * 5}, "A cell of the grid is neither"),
        ({"grid": [[p * i for i in range(1, 6)] for p in range(1, 6)]}, "14 different values"),
        ({"bands": [[1, 4, "Low"]]}, "The file has bands of scores and no grid"),
        ({"levels": [1]}, "The file has no “grid”."),
        ({"grid": GRID, "name": "x" * 101}, "Write at most 100 characters; these are 101."),
        ({"grid": GRID, "name": "a\x00b"}, "Take out the characters that cannot be read."),
        (
            {"grid": [[99, 0, 0, 1, 1], *GRID[1:]], "risk": list("abcd")},
            "A cell of the grid has level 99, which the file does not define.",
        ),
        ([], "The file holds no object"),
        (b"{", "The file is not JSON that can be read."),
        (b"", "The file is not JSON that can be read."),
        (b"\xff\xfe", "The file is not text in UTF-8."),
        (b'{"grid": NaN}', "The file is not JSON that can be read."),
        (b"[" * 50_000, "The file is not JSON that can be read."),
        (b'{"grid": ' + b"9" * 5_000 + b"}", "The file is not JSON that can be read."),
        (b" " * 100_001, "The file is larger than 0.1 MB"),
    ],
)
def test_what_is_no_grid_of_five_by_five_is_refused_with_the_reason(data, said):
    assert said in refused(data)


@SHARED
@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("ciso_risk_matrix_5x5_sensitive", 4),
        ("ciso_critical_risk_matrix_5x5", 5),
        ("ciso_risk_matrix_5x5_iso_27005", 5),
        ("nhs_dcb0129_ukcore_5x5", 5),
    ],
)
def test_the_grids_of_others_load(name, levels):
    found = read((DATA / f"{name}.json").read_bytes())
    assert len(found.levels) == levels
    assert (found.cells[1, 1], found.cells[5, 5]) == (0, levels - 1)


@SHARED
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ciso_critical_risk_matrix_3x3", "3 rows of 3 cells"),
        ("ciso_risk_matrix_3x3_mult", "3 rows of 3 cells"),
        ("ciso_risk_matrix_4x4_ebios_rm", "4 rows of 4 cells"),
        ("ciso_risk_matrix_4x4_pgssi_s_1_0", "4 rows of 4 cells"),
        ("ciso_risk_matrix_4x4_with_5_levels", "4 rows of 4 cells"),
        ("ciso_risk_matrix_cyber_maroc_v1", "4 rows of 4 cells"),
        ("mil_std_882e", "6 rows of 4 cells"),
        ("pysharedata_4x4", "4 rows of 4 cells"),
        ("nhs_trust_5x5_product_bands", "bands of scores and no grid"),
        ("opengrc_5x5_bands", "bands of scores and no grid"),
        ("simplerisk_default_5x5", "bands of scores and no grid"),
        ("openregulatory_iso14971_5x4", "has no “grid”"),
        ("lec_graham_kinney_zh", "has no “grid”"),
    ],
)
def test_what_others_have_besides_is_refused(name, said):
    assert said in refused((DATA / f"{name}.json").read_bytes())


# ---------- odd files ----------

ODD = [
    None,
    True,
    -1,
    10**40,
    1e308,
    "",
    "x" * 400,
    "\x00",
    "\ud800",
    [],
    {},
    [[]],
    {"zh": []},
    0.5,
]


def mangled(data, chance):
    """One place of it is something else, is missing, or stands twice."""
    if isinstance(data, dict) and data:
        key = chance.choice(sorted(data))
        kind = chance.randrange(6)
        if kind == 0:
            return {name: value for name, value in data.items() if name != key}
        return {**data, key: chance.choice(ODD) if kind == 1 else mangled(data[key], chance)}
    if isinstance(data, list) and data:
        place, kind = chance.randrange(len(data)), chance.randrange(6)
        if kind == 0:
            return data[:place] + data[place + 1 :]
        if kind == 1:
            return [*data, data[place]]
        return [mangled(one, chance) if n == place else one for n, one in enumerate(data)]
    return chance.choice(ODD)


@pytest.mark.parametrize("start", ["own", "foreign"])
def test_odd_files_are_read_or_refused_in_a_sentence(start):
    chance = random.Random(11)  # noqa: S311 - the same ones each time
    own = content_of(scheme_in_force()).as_json()
    other = {"name": "x", "grid": GRID, "risk": [{"id": n, "name": w} for n, w in enumerate("abcd")],
             "orientation": "grid[probability][impact]"}  # fmt: skip
    areas, said = area_codes(), []
    for _ in range(400):
        data = mangled(own if start == "own" else other, chance)
        raw = json.dumps(data).encode()
        cut = raw[: chance.randrange(len(raw))] if chance.random() < 0.1 else raw
        try:
            found = read_file(cut, areas)
        except NotAScheme as refusal:
            said.append(str(refusal))
            continue
        if isinstance(found, ForeignGrid):
            found = found.content(content_of(scheme_in_force()), [0] * len(found.levels))
        assert found.canonical().encode("utf-8")
        assert "\x00" not in found.canonical()
    assert all(said)
    assert len(said) > 50
