"""Files made by the tests: workbooks from rows, and packages with parts put in by hand."""

import zipfile
from io import BytesIO

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REGISTER = [
    ["Risk ID", "Risk", "Likelihood", "Impact"],
    ["R1", "Slips on wet floors", 3, 5],
    ["R2", "Gas leak in a home", 1, 4],
]


def workbook(*sheets, hidden=()):
    """An XLSX file; each sheet is (name, rows) or only rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets, start=1):
        name, rows = sheet if isinstance(sheet, tuple) else (f"Sheet{number}", sheet)
        made = book.create_sheet(name)
        for row in rows:
            made.append(list(row))
        if name in hidden:
            made.sheet_state = "hidden"
    return saved(book)


def saved(book):
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_parts(data, parts, *, without=()):
    """The package with parts added or replaced by name."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename not in parts and entry.filename not in without:
                new.writestr(entry.filename, old.read(entry))
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


def part(data, name):
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read(name)


def with_sheet(body, data=None):
    """A workbook whose first sheet holds this XML inside `sheetData`."""
    xml = f'<worksheet xmlns="{NAMESPACE}"><sheetData>{body}</sheetData></worksheet>'
    return with_parts(data or workbook(REGISTER), {SHEET: xml})


def mapped(plan):
    """The columns of the mapping in effect, without the fields that the file lacks."""
    return {
        field: column for field, column in plan.mapping["columns"].items() if column is not None
    }


def csv_text(rows, delimiter=","):
    return "\r\n".join(delimiter.join(str(cell) for cell in row) for row in rows) + "\r\n"
