"""Whatever the bytes: a table or a refusal, never another exception."""

import random
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.register_import.layout import judge_header
from riskhub.imports.sentences import FileRefusedError
from riskhub.imports.tables import read_tables
from tests.riskhub.imports.made_books import ods, xls
from tests.riskhub.imports.made_files import (
    NAMESPACE,
    REGISTER,
    SHEET,
    csv_text,
    with_parts,
    with_sheet,
    workbook,
)

XLSX = workbook(REGISTER)
XLS = xls(("风险", REGISTER), ("Long", [["x" * 300, n] for n in range(30)]))
ODS = ods(("风险", REGISTER), ("Two", REGISTER))
READ = {"csv", "xlsx", "xls", "ods", "refused"}
CSV = csv_text(REGISTER).encode()
NAMES = ["a.csv", "a.xlsx", "a.txt", "a.xls", "a.ods", "a.md", "a", "风险.csv", "a.xlsm"]
calm = settings(
    max_examples=120, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def outcome(data, name):
    try:
        return read_tables(data, name, judge_header).kind
    except FileRefusedError as refused:
        return "refused" if str(refused) else "refused without a word"


@calm
@given(st.binary(max_size=3000), st.sampled_from(NAMES))
def test_any_bytes(data, name):
    assert outcome(data, name) in READ


@calm
@given(st.text(max_size=800), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_any_text(text, encoding):
    data = text.encode(encoding, errors="replace")
    assert outcome(data, "a.csv") in {"csv", "refused"}


@pytest.mark.parametrize(("data", "name"), [(XLSX, "a.xlsx"), (XLS, "a.xls"), (ODS, "a.ods")])
@pytest.mark.parametrize("other", ["a.csv", "a.xlsx", "a.xls", "a.ods", "a.txt"])
def test_a_workbook_under_another_name(data, name, other):
    assert outcome(data, other) == (name[2:] if other == name else "refused")


@pytest.mark.parametrize(("data", "name"), [(XLSX, "a.xlsx"), (XLS, "a.xls"), (ODS, "a.ods")])
@calm
@given(seed=st.integers(0, 2**32))
def test_a_workbook_with_bytes_changed(data, name, seed):
    chance = random.Random(seed)  # noqa: S311 (no secret)
    changed = bytearray(data)
    for _change in range(chance.randint(1, 6)):
        changed[chance.randrange(len(changed))] = chance.choice(
            (chance.randrange(256), 0, 255, 127)
        )
    assert outcome(bytes(changed), name) in {name[2:], "refused"}


@calm
@given(st.integers(0, 2**32))
def test_a_workbook_cut_off_or_with_a_piece_elsewhere(seed):
    chance = random.Random(seed)  # noqa: S311 (no secret)
    data, name = chance.choice([(XLSX, "a.xlsx"), (XLS, "a.xls"), (ODS, "a.ods")])
    changed = bytearray(data)
    start, end = chance.randrange(len(data)), chance.randrange(len(data))
    length = chance.randint(1, 900)
    changed[start : start + length] = changed[end : end + length]
    cut = len(data) if chance.random() < 0.7 else chance.randrange(len(data))
    assert outcome(bytes(changed[:cut]), name) in {name[2:], "refused"}


@pytest.mark.parametrize(("data", "name"), [(XLSX, "a.xlsx"), (ODS, "a.ods")])
@calm
@given(seed=st.integers(0, 2**32))
def test_parts_with_bytes_changed_inside_a_whole_zip(data, name, seed):
    chance = random.Random(seed)  # noqa: S311 (no secret)
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            content = bytearray(old.read(entry))
            if content and chance.random() < 0.4:
                for _change in range(chance.randint(1, 4)):
                    content[chance.randrange(len(content))] = chance.choice(
                        b'<>"/0aAs= 9-&;\x00\xff'
                    )
            new.writestr(entry.filename, bytes(content))
    assert outcome(stream.getvalue(), name) in {name[2:], "refused"}


ATTRIBUTES = st.sampled_from(
    ["", 'r="A1"', 'r="ZZ9"', 'r="1A"', 'r=""', 'r="a1"', 'r="A-1"', 'r="Ａ１"', 'r="B１"']
)
KINDS = st.sampled_from(
    ["", 't="s"', 't="n"', 't="b"', 't="e"', 't="str"', 't="inlineStr"', 't="d"', 't="zz"']
)
VALUES = st.sampled_from(
    ["", "<v/>", "<v>1</v>", "<v>-1</v>", "<v>99999999</v>", "<v>1e999</v>", "<v>nan</v>", "<v>x</v>",
     "<f>A1</f>", "<is><t>x</t></is>", "<v>#N/A</v>", "<v>2026-13-45</v>", "<v>&#x9;</v>", "<f/><v/>"]
)  # fmt: skip
CELLS = st.builds(lambda a, k, v: f"<c {a} {k}>{v}</c>", ATTRIBUTES, KINDS, VALUES)
ROWS = st.builds(
    lambda a, cells: f"<row {a}>{''.join(cells)}</row>",
    st.sampled_from(["", 'r="1"', 'r="5"', 'r="-1"', 'r="x"', 'r="４"']),
    st.lists(CELLS, max_size=5),
)


@calm
@given(st.lists(ROWS, max_size=5))
def test_any_cells(made):
    assert outcome(with_sheet("".join(made), XLSX), "a.xlsx") in {"xlsx", "refused"}


PREFIXED = (
    f'<x:worksheet xmlns:x="{NAMESPACE}"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row>'
    "</x:sheetData></x:worksheet>"
)


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<worksheet/>",
        f'<worksheet xmlns="{NAMESPACE}"/>',
        PREFIXED,
        "\ufeff<worksheet><sheetData/></worksheet>",
    ],
)
def test_odd_sheets(xml):
    assert outcome(with_parts(XLSX, {SHEET: xml}), "a.xlsx") in {"xlsx", "refused"}


def test_the_untouched_files_are_read():
    assert (outcome(XLSX, "a.xlsx"), outcome(CSV, "a.csv")) == ("xlsx", "csv")
    assert (outcome(XLS, "a.xls"), outcome(ODS, "a.ods")) == ("xls", "ods")
