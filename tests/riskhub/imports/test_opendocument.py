"""What is read from an OpenDocument file, and which are refused before they are read."""

from datetime import date, datetime

import pytest

from riskhub.imports.limits import Limits
from riskhub.imports.opendocument import read_opendocument
from riskhub.imports.sentences import FileRefusedError
from riskhub.imports.sheets import NOT_CALCULATED, Flaw
from tests.riskhub.imports.made_books import MANIFEST, MIMETYPE, ods, ods_rows, ods_with
from tests.riskhub.imports.made_files import REGISTER, with_parts, workbook

DAMAGED = "The workbook is damaged. Open it in a spreadsheet program and save it again as .xlsx."
FAR = '<table:table-cell office:value-type="float" office:value="1"{}/>'
TWICE = FAR.format(' table:number-columns-repeated="2"')
LONG = (
    f'<table:table-cell office:value-type="string"><text:p>{"x" * 9000}</text:p></table:table-cell>'
)


def sheets(data, **limits):
    return read_opendocument(data, Limits(**limits)).sheets


def rows(xml):
    [sheet] = sheets(ods_rows(f"<table:table-row>{xml}</table:table-row>"))
    return sheet.rows


def cell(kind, text="", **values):
    given = "".join(f' office:{name.replace("_", "-")}="{value}"' for name, value in values.items())
    return f'<table:table-cell office:value-type="{kind}"{given}><text:p>{text}</text:p></table:table-cell>'


def refusal(data, **limits):
    with pytest.raises(FileRefusedError) as refused:
        read_opendocument(data, Limits(**limits))
    return str(refused.value)


def test_sheets_in_order_and_hidden_ones_marked():
    data = ods(
        ("说明", [["x"]]), ("Risks", [*REGISTER, [None, "Fire"]]), ("Empty", []), hidden={"说明"}
    )
    assert [(sheet.name, sheet.is_hidden, sheet.rows) for sheet in sheets(data)] == [
        ("说明", True, [["x"]]),
        ("Risks", False, [*REGISTER, [None, "Fire"]]),
        ("Empty", False, []),
    ]


def test_values_of_every_kind():
    row = (
        cell("float", "3,0", value="3")
        + cell("percentage", "40%", value="0.4")
        + cell("currency", "5", value="5.5")
        + cell("boolean", "WAHR", boolean_value="true")
        + cell("date", "06.08.26", date_value="2026-08-06")
        + cell("date", "x", date_value="2026-08-06T13:05:00")
        + cell("date", "long ago", date_value="-0044-03-15")
        + cell("time", "03:04", time_value="PT03H04M00S")
        + cell("string", "shown", string_value="meant")
        + "<table:table-cell><text:p>no kind</text:p></table:table-cell>"
    )
    assert rows(row) == [
        [3, 0.4, 5.5, True, date(2026, 8, 6), datetime(2026, 8, 6, 13, 5), "long ago",  # noqa: DTZ001 (cells have no zone)
         "03:04", "meant", "no kind"]
    ]  # fmt: skip


def test_texts_with_lines_spaces_and_notes():
    text = (
        "<text:p>wet\n  <text:span>floor</text:span><text:s text:c='2'/>x</text:p><text:p>second"
        "<text:line-break/>line<text:tab/>y</text:p>"
        "<office:annotation><text:p>a note</text:p></office:annotation>"
        "<draw:frame><draw:text-box><text:p>a picture</text:p></draw:text-box></draw:frame>"
    )
    row = f'\n  <table:table-cell office:value-type="string">{text}</table:table-cell>\n'
    assert rows(row) == [["wet floor  x\nsecond\nline\ty"]]


def test_errors_and_formulas_never_calculated_are_flaws():
    row = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value=""'
        ' calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">'
        "<text:p>Err:502</text:p></table:table-cell>"
        '<table:table-cell table:formula="of:=1+1"/>'
        '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
    )
    assert rows(row) == [[Flaw("#DIV/0!"), Flaw("Err:502"), NOT_CALCULATED, 2]]


def test_what_repeats():
    empty = '<table:table-cell table:number-columns-repeated="{}"/>'
    last = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    body = (
        f'<table:table-row table:number-rows-repeated="2">{empty.format(2)}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="2">{empty.format(1)}'
        f"{TWICE}{empty.format(16000)}</table:table-row>"
        f"<table:table-row-group><table:table-row><table:covered-table-cell/></table:table-row>"
        f"</table:table-row-group>{last}"
    )
    [sheet] = sheets(ods_rows(body))
    assert sheet.rows == [[], [], [None, 1, 1], [None, 1, 1]]


def test_a_sheet_is_counted_before_it_is_kept():
    data = ods(("Risks", REGISTER))
    assert len(sheets(data, rows=3, columns=4, cells=12)) == 1
    assert refusal(data, rows=2) == (
        "Sheet “Risks”, row 3, column A: the limit is 2 rows. "
        "Delete what stands below the table, or split it."
    )
    assert refusal(data, columns=3) == (
        "Sheet “Risks”, row 1, column D: the limit is 3 columns. Delete what stands right of the table."
    )
    assert "row 3, column A: the limit is 11 cells" in refusal(data, cells=11)
    assert "the limit is" in refusal(data, characters=10)
    assert "the limit is 20 cells" in refusal(ods(("A", REGISTER), ("B", REGISTER)), cells=20)


@pytest.mark.parametrize(
    ("row", "times"),
    [
        (FAR.format(' table:number-columns-repeated="999999999999"'), 1),
        (FAR.format(""), 999_999_999_999),
        (FAR.format(' table:number-columns-repeated="250"'), 20_000),
        (LONG, 9000),
    ],
)
def test_a_few_bytes_that_stand_for_much(row, times):
    xml = f'<table:table-row table:number-rows-repeated="{times}">{row}</table:table-row>'
    assert "the limit is" in refusal(ods_rows(xml))


def test_spaces_without_end():
    text = '<text:p><text:s text:c="999999999999"/></text:p>' * 4
    row = f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    assert rows(row) == []
    assert refusal(ods_rows(f"<table:table-row>{row}</table:table-row>"), characters=600) == DAMAGED


@pytest.mark.parametrize(
    "xml",
    [
        '<table:table-cell office:value-type="float"/>',
        '<table:table-cell office:value-type="float" office:value="x"/>',
        '<table:table-cell table:number-columns-repeated="0"/>',
        '<table:table-cell table:number-columns-repeated="-1"/>',
        "<table:table-cell>",
        "&#0;",
    ],
)
def test_what_no_program_writes(xml):
    assert refusal(ods_rows(f"<table:table-row>{xml}</table:table-row>")) == DAMAGED


def test_tables_that_are_none_of_the_sheets():
    inner = (
        '<table:table table:name="Risks"><table:table-row><table:table-cell><text:p>in</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    cell = f'<table:table-cell office:value-type="string"><text:p>out</text:p>{inner}</table:table-cell>'
    data = ods_with(
        f'<table:dde-links>{inner}</table:dde-links><table:table table:name="Risks">'
        f"<table:shapes><draw:frame>{inner}</draw:frame></table:shapes>"
        f"<table:table-row>{cell}</table:table-row></table:table>"
    )
    assert [(sheet.name, sheet.rows) for sheet in sheets(data)] == [("Risks", [["out"]])]


def test_two_sheets_of_one_name_and_too_many():
    assert refusal(ods(("A", REGISTER), ("A", REGISTER))) == DAMAGED
    assert refusal(ods(REGISTER, REGISTER, REGISTER, REGISTER), parts=3) == DAMAGED


def test_a_password():
    manifest = MANIFEST.format(
        "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    )
    assert refusal(ods(REGISTER, parts={"META-INF/manifest.xml": manifest})) == (
        "The workbook is protected by a password. Remove the password and save it again."
    )


def test_macros():
    assert refusal(ods(REGISTER, parts={"Basic/Standard/Module1.xml": "x"})) == (
        "Workbooks with macros (Basic) are refused. Save it as .xlsx without macros."
    )


def test_entities():
    xml = '<!DOCTYPE x [<!ENTITY a "aaaa">]><office:document-content>&a;</office:document-content>'
    assert refusal(ods(REGISTER, parts={"content.xml": xml})) == (
        "The workbook holds XML entities, which are refused. Save it again as .xlsx."
    )


def test_other_packages():
    assert refusal(workbook(REGISTER)) == (
        "The name ends in .ods, but the content is that of a .xlsx file. "
        "Give it its right name, with .xlsx."
    )
    text = "<office:document-content><office:body><office:text/></office:body></office:document-content>"
    assert refusal(ods(parts={"content.xml": text})) == (
        "This OpenDocument file is no sheet. Copy its table into a sheet, save it as .ods."
    )
    assert refusal(with_parts(ods(), {"a.txt": MIMETYPE}, without={"content.xml"})) == (
        "This archive holds no OpenDocument sheet. Choose the .ods file itself, not a zip."
    )
