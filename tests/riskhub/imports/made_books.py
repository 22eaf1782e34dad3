"""Workbooks of other programs, written by hand: OpenDocument (.ods) and old Excel (.xls)."""

import struct
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for name, full in (("office", "office"), ("table", "table"), ("text", "text"),
                       ("style", "style"), ("draw", "drawing"))
) + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'  # fmt: skip
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}'
    "</manifest:manifest>"
)


def ods(*sheets, hidden=(), parts=None):
    """An ODS file; each sheet is (name, rows) or only rows."""
    tables = []
    for number, sheet in enumerate(sheets, start=1):
        name, rows = sheet if isinstance(sheet, tuple) else (f"Sheet{number}", sheet)
        style = ' table:style-name="off"' if name in hidden else ""
        body = "".join(
            f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows
        )
        tables.append(f"<table:table table:name={quoteattr(name)}{style}>{body}</table:table>")
    return ods_with("".join(tables), parts)


def ods_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def ods_with(tables, parts=None):
    """An ODS file with this XML inside `office:spreadsheet`."""
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>"
        '<style:style style:name="off" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    stream = BytesIO()
    made = {
        "mimetype": MIMETYPE,
        "content.xml": content,
        "META-INF/manifest.xml": MANIFEST.format(""),
    }
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (made | (parts or {})).items():
            package.writestr(name, text)
    return stream.getvalue()


def ods_rows(rows):
    """One sheet with this XML as its rows."""
    return ods_with(f'<table:table table:name="Risks">{rows}</table:table>')


def xls(*sheets, hidden=(), **kwargs):
    """An .xls file (BIFF8); each sheet is (name, rows) or only rows."""
    named = [
        sheet if isinstance(sheet, tuple) else (f"Sheet{number}", sheet)
        for number, sheet in enumerate(sheets, start=1)
    ]
    shared = list(
        dict.fromkeys(v for _name, rows in named for row in rows for v in row if isinstance(v, str))
    )
    bodies = [
        (
            name,
            b"".join(
                xls_cell(r, c, v, shared) for r, row in enumerate(rows) for c, v in enumerate(row)
            ),
        )
        for name, rows in named
    ]
    return compound({"Workbook": book(bodies, strings(shared), hidden=hidden, **kwargs)})


def record(kind, data=b""):
    return struct.pack("<2H", kind, len(data)) + data


def xls_cell(row, column, value, shared=()):
    place = struct.pack("<3H", row, column, 0)
    if value is None:
        return record(0x201, place)
    if isinstance(value, str):
        return record(0xFD, place + struct.pack("<I", shared.index(value)))
    return record(0x203, place + struct.pack("<d", value))


def wide(text):
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def strings(shared):
    """The record of the shared strings; each string is within 8,000 bytes, then it goes on."""
    records, data = [], struct.pack("<2I", len(shared), len(shared))
    for text in shared:
        if len(data) + 3 + 2 * len(text) > 8000:
            records.append(data)
            data = b""
        data += wide(text)
    kinds = [0xFC, *[0x3C] * len(records)]
    return b"".join(record(kind, data) for kind, data in zip(kinds, [*records, data], strict=True))


def book(bodies, middle=b"", *, hidden=(), claim=b""):
    """The stream of a workbook: its sheets as (name, records); `middle` stands before them."""
    begin = record(0x809, struct.pack("<4H2I", 0x600, 5, 0, 0, 0, 0))
    sheet = record(0x809, struct.pack("<4H2I", 0x600, 0x10, 0, 0, 0, 0))
    style = record(0xE0, bytes(20))
    names = [
        struct.pack("<2BB", name in hidden, 0, len(name)) + b"\x01" + name.encode("utf-16-le")
        for name, _body in bodies
    ]
    before = len(begin + style + middle + record(0xA)) + sum(8 + len(name) for name in names)
    bounds, at, content = b"", before, b""
    for name, (_title, body) in zip(names, bodies, strict=True):
        bounds += record(0x85, struct.pack("<I", at) + name)
        whole = sheet + claim + body + record(0xA)
        content += whole
        at += len(whole)
    return begin + style + bounds + middle + record(0xA) + content


def compound(streams, storages=()):
    """A compound file in sectors of 512 bytes, with short streams in the small ones."""
    fat, sectors = [], []

    def put(content):
        start = len(sectors)
        for at in range(0, max(len(content), 1), 512):
            sectors.append(content[at : at + 512].ljust(512, b"\0"))
            fat.append(len(sectors))
        fat[-1] = 0xFFFFFFFE
        return start

    small, small_fat, entries = b"", [], []
    for name, content in streams.items():
        if len(content) >= 4096:
            entries.append((name, 2, put(content), len(content)))
            continue
        start = len(small_fat)
        count = -(-len(content) // 64)
        small += content.ljust(count * 64, b"\0")
        small_fat += [*range(start + 1, start + count), 0xFFFFFFFE][:count]
        entries.append((name, 2, start if count else 0xFFFFFFFE, len(content)))
    entries += [(name, 1, 0, 0) for name in storages]
    root = put(small) if small else 0xFFFFFFFE
    small_table = struct.pack(f"<{len(small_fat)}I", *small_fat)
    small_at = (
        put(small_table.ljust(-(-len(small_table) // 512) * 512, b"\xff")) if small else 0xFFFFFFFE
    )
    directory = directory_entry(
        "Root Entry", 5, root, len(small), child=1 if entries else 0xFFFFFFFF
    )
    for number, (name, kind, start, size) in enumerate(entries, start=1):
        right = number + 1 if number < len(entries) else 0xFFFFFFFF
        directory += directory_entry(name, kind, start, size, right=right)
    directory_at = put(directory)
    tables = 1
    while tables * 128 < len(fat) + tables:
        tables += 1
    first = len(sectors)
    fat += [0xFFFFFFFD] * tables
    fat += [0xFFFFFFFF] * (tables * 128 - len(fat))
    header = struct.pack("<8s16x5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack(
        "<9I", 0, tables, directory_at, 0, 4096, small_at, bool(small), 0xFFFFFFFE, 0
    )
    header += struct.pack("<109I", *range(first, first + tables), *[0xFFFFFFFF] * (109 - tables))
    return header + b"".join(sectors) + struct.pack(f"<{len(fat)}I", *fat)


def directory_entry(name, kind, start, size, *, right=0xFFFFFFFF, child=0xFFFFFFFF):
    encoded = name.encode("utf-16-le") + b"\0\0"
    fields = struct.pack("<H2B3I", len(encoded), kind, 1, 0xFFFFFFFF, right, child)
    return (encoded.ljust(64, b"\0") + fields).ljust(116, b"\0") + struct.pack(
        "<3I", start, size, 0
    )
