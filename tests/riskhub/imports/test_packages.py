"""Packages that are refused before anything in them is read: bombs, macros, entities, other files."""

import tracemalloc
import zipfile
import zlib
from io import BytesIO

import pytest

from riskhub.imports.limits import Limits
from riskhub.imports.sentences import FileRefusedError
from riskhub.imports.workbooks import read_workbook
from tests.riskhub.imports.made_files import NAMESPACE, REGISTER, SHEET, part, with_parts, workbook


def refusal(data, **limits):
    with pytest.raises(FileRefusedError) as refused:
        read_workbook(data, Limits(**limits))
    return str(refused.value)


DAMAGED = "The workbook is damaged. Open it in a spreadsheet program and save it again as .xlsx."


def test_a_zip_bomb():
    data = with_parts(workbook(REGISTER), {"xl/media/image1.png": bytes(80 * 1024 * 1024)})
    assert len(data) < 1024 * 1024
    assert refusal(data) == (
        "The workbook unpacks to more than 64 MB. Copy the table alone into a new workbook."
    )


def test_a_zip_bomb_whose_directory_lies():
    data = with_parts(workbook(REGISTER), {"xl/media/image1.png": bytes(80 * 1024 * 1024)})
    size = (80 * 1024 * 1024).to_bytes(4, "little")
    assert data.count(size) == 2
    assert refusal(data.replace(size, (1000).to_bytes(4, "little"))).startswith("The workbook")


def test_too_many_parts():
    data = with_parts(workbook(REGISTER), {f"xl/media/{number}.png": b"" for number in range(1000)})
    assert refusal(data).startswith("The workbook has 10")


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN"])
def test_macros(name):
    assert refusal(with_parts(workbook(REGISTER), {name: b"x"})) == (
        "Workbooks with macros (vbaProject.bin) are refused. Save it as .xlsx without macros."
    )


def test_a_macro_workbook_by_its_content_type():
    types = part(workbook(REGISTER), "[Content_Types].xml").replace(
        b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    )
    assert refusal(with_parts(workbook(REGISTER), {"[Content_Types].xml": types})) == (
        "Workbooks with macros (.xlsm) are refused. Save it as .xlsx without macros."
    )


ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declaration", [ENTITY, OUTSIDE, "<!DOCTYPE x>"])
@pytest.mark.parametrize("name", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/extra.dat"])
def test_entities_and_document_types(declaration, name):
    data = with_parts(workbook(REGISTER), {name: f'{declaration}<x xmlns="{NAMESPACE}">&a;</x>'})
    assert refusal(data) in {
        "The workbook holds XML entities, which are refused. Save it again as .xlsx.",
        DAMAGED,
    }
    if "ENTITY" not in declaration or name != "xl/workbook.xml":
        assert "XML entities" in refusal(data)


@pytest.mark.parametrize(
    ("parts", "without", "sentence"),
    [
        ({"xl/workbook.bin": b"x"}, (), "Files ending in .xlsb are not read."),
        (
            {"word/document.xml": b"<w/>"},
            ("xl/workbook.xml",),
            "This archive holds no Excel workbook.",
        ),
        ({SHEET: b"<worksheet><sheetData>"}, (), DAMAGED),
        ({"xl/workbook.xml": b"no xml"}, (), DAMAGED),
        ({"XL/workbook.xml": b"<workbook/>"}, (), DAMAGED),
        ({"xl/extra.xml": b'<?xml version="1.0" encoding="none-such"?><x/>'}, (), DAMAGED),
    ],
)
def test_packages_that_are_no_workbook(parts, without, sentence):
    assert refusal(with_parts(workbook(REGISTER), parts, without=without)).startswith(sentence)


def test_a_zip_with_a_password():
    data = bytearray(workbook(REGISTER))
    data[6] |= 1
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    assert refusal(bytes(data)) == (
        "The workbook is protected by a password. Remove the password and save it again."
    )


def test_another_compression():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_BZIP2) as package:
        package.writestr("xl/workbook.xml", b"<workbook/>" * 100)
    assert refusal(stream.getvalue()) == DAMAGED


@pytest.mark.parametrize("kept", [10, 200, 1000, 4000])
def test_a_torn_file(kept):
    assert refusal(workbook(REGISTER)[:kept]) == DAMAGED


def test_a_part_that_unpacks_to_more_than_its_checked_beginning():
    """A directory that names the size and checksum of a beginning only: two readers would see two files."""
    data = with_parts(
        workbook(REGISTER),
        {SHEET: part(workbook(REGISTER), SHEET) + b"<!-- " + b"x" * 9000 + b"-->"},
    )
    with zipfile.ZipFile(BytesIO(data)) as package:
        entry = package.getinfo(SHEET)
        checksum, size = entry.CRC.to_bytes(4, "little"), entry.file_size.to_bytes(4, "little")
    kept = part(workbook(REGISTER), SHEET)
    lied = data.replace(checksum, zlib.crc32(kept).to_bytes(4, "little")).replace(
        size, len(kept).to_bytes(4, "little")
    )
    assert refusal(lied) == DAMAGED


@pytest.mark.parametrize("name", [SHEET, "xl/sharedStrings.xml"])
def test_memory_stays_bounded_whatever_the_directory_says(name):
    """200 MB of blanks, said to be 1000 bytes: no more than the limit is ever unpacked."""
    real = 200 * 1024 * 1024
    data = with_parts(workbook(REGISTER), {name: b" " * real})
    lied = data.replace(real.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lied != data
    tracemalloc.start()
    try:
        said = refusal(lied, unpacked_bytes=8 * 1024 * 1024)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert said == (
        "The workbook unpacks to more than 8 MB. Copy the table alone into a new workbook."
    )
    assert peak < 40 * 1024 * 1024


def test_a_flipped_byte():
    data = bytearray(workbook(REGISTER))
    start = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[start] ^= 0xFF
    assert refusal(bytes(data)) == DAMAGED
