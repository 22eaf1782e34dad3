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
CSV = csv_text(REGISTER).encode()
NAMES = ["a.csv", "a.xlsx", "a.txt", "a.xls", "a.md", "a", "风险.csv", "a.xlsm"]
calm = settings(
    max_examples=150, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def outcome(data, name):
    try:
        return read_tables(data, name, judge_header).kind
    except FileRefusedError as refused:
        return "refused" if str(refused) else "refused without a word"


@calm
@given(st.binary(max_size=3000), st.sampled_from(NAMES))
def test_any_bytes(data, name):
    assert outcome(data, name) in {"csv", "xlsx", "refused"}


@calm
@given(st.text(max_size=800), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_any_text(text, encoding):
    data = text.encode(encoding, errors="replace")
    assert outcome(data, "a.csv") in {"csv", "refused"}


@calm
@given(st.integers(0, 2**32))
def test_a_workbook_with_bytes_changed(seed):
    chance = random.Random(seed)  # noqa: S311 (no secret)
    data = bytearray(XLSX)
    for _change in range(chance.randint(1, 6)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    assert outcome(bytes(data), "a.xlsx") in {"xlsx", "refused"}


@calm
@given(st.integers(0, 2**32))
def test_parts_with_bytes_changed_inside_a_whole_zip(seed):
    chance = random.Random(seed)  # noqa: S311 (no secret)
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(XLSX)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            content = bytearray(old.read(entry))
            if chance.random() < 0.4:
                for _change in range(chance.randint(1, 4)):
                    content[chance.randrange(len(content))] = chance.choice(
                        b'<>"/0aAs= 9-&;\x00\xff'
                    )
            new.writestr(entry.filename, bytes(content))
    assert outcome(stream.getvalue(), "a.xlsx") in {"xlsx", "refused"}


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
