"""Files that are none, or not what they say, made anew from a number: the same number, the same file."""

import json
import random
import zipfile
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image

from tests.photos import picture
from tests.riskhub.imports.made_books import ods, xls
from tests.riskhub.imports.made_files import csv_text, workbook

PICTURES = ("jpg", "png", "webp")
TABLES = ("csv", "xlsx", "xls", "ods")
HEADINGS = [
    "投诉编号", "投诉内容", "投诉时间", "答复时间", "关闭时间", "联系电话", "风险名称", "Likelihood",
    "Impact", "月份", "订单数", "业务线", "部门",
]  # fmt: skip
VALUES = [
    "", " ", "漏水", "=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "\t-1", "\u202egpj", "\u200b",
    "x" * 5000, "漏" * 4001, "2026-13-45", "2024-03-01 09:00", "0000-00-00", "9999-12-31",
    "31/02/2026", "-1", "0", "1e999", "NaN", "Infinity", "9" * 400, "0x10", "１２", "5", "3",
    "<script>alert(1)</script>", "{{7*7}}", "%s%n", "'; DROP TABLE x;--", "😀", "a\u0301" * 300,
    "null", "True", "OPS", "cleaning", "2026-03", "SVC", "phone", "accident", "\ufeff", "\x85",
    "\u2028", "#N/A", "''", '"', "a,b;c\td",
]  # fmt: skip
ODD = [None, 0, -1, 1.5, True, [], {}, ["x"], {"a": {"b": []}}, "\x00", "\ud800", 10**40]
"""What only a program can send."""
NEEDED = {
    "external_id": "1", "text": "漏水", "received_at": "2024-03-01 09:00", "channel": "phone",
    "occurred_at": "2024-03-01 09:00", "kind": "accident", "department": "OPS",
}  # fmt: skip
NAMES = [
    "{}.{}", "{}.{}.exe", "{}.exe.{}", "../../{}.{}", "..\\{}.{}", "{}", ".{1}", "{}.{}.",
    "{} .{}", "{}.{} ", "\u202e{}.{}", "{}\r\n.{}", '{}".{}', "{};.{}", "漏" * 150 + "{}.{}",
    "{}.{}/", "CON.{1}", "{}.html", "{}.svg", "{}.xlsm", "{}.docm", "{}.PhP", "{}%00.{}",
]  # fmt: skip
KINDS = [
    "image/jpeg", "image/svg+xml", "text/html", "application/octet-stream", "", "x", "text/csv",
    "multipart/mixed", "a/b; c=\u00ff", "application/vnd.ms-excel",
]  # fmt: skip
HUGE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\xff" * 8 + b"\x08\x06\x00\x00\x00" + b"\x00" * 8
FOREIGN = [
    b"", b"\x00", b"MZ\x90\x00" + b"\x00" * 60, b"\x7fELF" + b"\x02" * 40, b"#!/bin/sh\nid\n",
    b"<?php system($_GET[0]); ?>", b"<svg xmlns='http://www.w3.org/2000/svg' onload='a(1)'/>",
    b"<!doctype html><script>alert(1)</script>", b"GIF89a=1;a(1)//", b"II*\x00" + b"\x00" * 60,
    b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n/JS (app.alert(1))", b"PK\x05\x06" + b"\x00" * 18,
    b"PK\x03\x04" + b"\xff" * 30, b"Rar!\x1a\x07\x00", b"\x1f\x8b\x08\x00" + b"\x00" * 30,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40,
    b"RIFF\xff\xff\xff\xffWEBPVP8X" + b"\xff" * 30, HUGE, b"\xff\xd8\xff\xe0" + b"\x00" * 20,
    "\ufeff".encode("utf-16"), b"\xff\xfe\x00\xd8", b"\x1a" * 200,
]  # fmt: skip
PARTS = {
    "xl/vbaProject.bin": "x", "../../evil.txt": "x", "word/document.xml": "<w/>",
    "xl/workbook.xml": "<x", "[Content_Types].xml": "", "content.xml": "<x>" * 3000,
    "xl/worksheets/sheet1.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "xl/sharedStrings.xml": "A" * 2_000_000,
}  # fmt: skip
_LINE = "----x"
_KIND = b"\r\nContent-Type"


@dataclass(frozen=True)
class Upload:
    name: str
    content: bytes
    kind: str


def upload(number, *, tables=False):
    """A picture or document, or a table, in most cases with something wrong in its name or bytes."""
    chance = random.Random(f"upload {number}")  # noqa: S311 - no secret
    extension = chance.choice(TABLES if tables else (*PICTURES, "pdf", "docx", "xlsx", "txt"))
    whole = _table(extension, chance) if tables else _whole()[extension]
    damages = DAMAGES if chance.random() < (0.5 if tables else 0.9) else DAMAGES[:1]
    content = chance.choice(damages)(whole, chance)
    said = extension if chance.random() < 0.8 else chance.choice([*PICTURES, *TABLES, "pdf", "txt"])
    name = chance.choice(NAMES if chance.random() < 0.4 else NAMES[:1]).format("x", said)
    return Upload(name, content, chance.choice(KINDS))


def records(number, names):
    """What a program sends as JSON: records with these fields, now and then cut or changed."""
    chance = random.Random(f"records {number}")  # noqa: S311 - no secret
    values = [*VALUES, *ODD] if chance.random() < 0.3 else VALUES
    found = []
    for place in range(chance.randint(1, 5)):
        odd = chance.sample(names, chance.randint(0, 4))
        found.append(
            NEEDED
            | {"external_id": f"{number}-{place}"}
            | {one: chance.choice(values) for one in odd}
        )
    told = {"source": "crm", "dry_run": False, "records": [_known(one, names) for one in found]}
    if chance.random() < 0.2:
        told[chance.choice(sorted(told))] = chance.choice([*VALUES, *ODD])
    content = json.dumps(told).encode()
    return content if chance.random() < 0.8 else chance.choice(DAMAGES[1:])(content, chance)


def _known(record, names):
    return {name: value for name, value in record.items() if name in names}


def _rows(chance):
    """A table that may be one of ours, with values that are none."""
    head = chance.sample(HEADINGS, chance.randint(1, len(HEADINGS)))
    if chance.random() < 0.2:
        head[chance.randrange(len(head))] = chance.choice(VALUES)
    lengths = [chance.randint(0, len(head) + 2) for _row in range(chance.randint(0, 6))]
    return [head, *([chance.choice(VALUES) for _cell in range(length)] for length in lengths)]


def _table(extension, chance):
    rows = _rows(chance)
    if extension == "csv":
        text = csv_text(rows, chance.choice([",", ";", "\t", "|"]))
        return text.encode(chance.choice(["utf-8", "utf-8-sig", "utf-16", "gb18030"]), "replace")
    printable = [[_printable(cell) for cell in row] for row in rows]
    if extension == "xlsx":
        return workbook(printable)
    return (xls if extension == "xls" else ods)(("Sheet1", printable))


def _printable(cell):
    return "".join(sign for sign in cell if sign.isprintable())[:250]


@cache
def _whole():
    exif = Image.Exif()
    exif[0x010E] = "Zhang"
    book = workbook([["a", 1], ["b", 2]])
    return {
        "jpg": picture("red", exif=exif), "png": picture("blue", form="PNG"), "xlsx": book,
        "webp": picture("green", form="WEBP"), "txt": "一行\n两行".encode(),
        "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n",
        "docx": package({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}),
    }  # fmt: skip


def package(parts):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return stream.getvalue()


def _flipped(whole, chance):
    changed = bytearray(whole)
    for _change in range(chance.randint(1, 12) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _moved(whole, chance):
    """A piece of it stands where another was."""
    changed = bytearray(whole)
    start, end = (chance.randrange(len(changed) + 1) for _n in range(2))
    changed[start : start + 200] = changed[end : end + 200]
    return bytes(changed)


def _two_in_one(whole, chance):
    other = chance.choice([*FOREIGN, *_whole().values()])
    return whole + other if chance.random() < 0.5 else other + whole


def _with_parts(whole, chance):
    """A package with a part too many; what is none becomes one."""
    name = chance.choice(sorted(PARTS))
    if not whole.startswith(b"PK"):
        return package({name: PARTS[name]})
    stream = BytesIO(whole)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as made:
        if name not in made.namelist():
            made.writestr(name, PARTS[name])
    return stream.getvalue()


DAMAGES = [
    lambda whole, _chance: whole,
    _flipped,
    _flipped,
    lambda whole, chance: whole[: chance.randrange(len(whole) + 1)],
    lambda whole, chance: whole[chance.randrange(len(whole) + 1) :],
    _moved,
    _two_in_one,
    _with_parts,
    lambda _whole, chance: chance.choice(FOREIGN),
    lambda _whole, chance: chance.randbytes(chance.randint(0, 3000)),
    lambda whole, _chance: whole * 3,
]


def body(number, field, fields, sent):
    """(body, its content type): a form with a file; some are broken in themselves."""
    chance = random.Random(f"body {number}")  # noqa: S311 - no secret
    parts = b"".join(
        f'--{_LINE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    )
    head = (
        f'--{_LINE}\r\nContent-Disposition: form-data; name="{field}"; filename="{sent.name}"\r\n'
    )
    kind = f"Content-Type: {sent.kind}\r\n" if sent.kind else ""
    file = f"{head}{kind}\r\n".encode() + sent.content + b"\r\n"
    whole = b"".join([parts, file, f"--{_LINE}--\r\n".encode()])
    right = f"multipart/form-data; boundary={_LINE}"
    if chance.random() < 0.25:
        whole = chance.choice(BREAKS)(whole, chance)
    return whole, chance.choice(WRONG_TYPES) if chance.random() < 0.1 else right


BREAKS = [
    lambda whole, chance: whole[: chance.randrange(len(whole))],
    lambda whole, _chance: whole.replace(b"\r\n", b"\n"),
    lambda whole, _chance: whole.replace(b"form-data", b"attachment"),
    lambda whole, _chance: whole.replace(b'filename="', b"filename*=utf-8''"),
    lambda whole, _chance: whole.replace(_KIND, b"\r\nContent-Transfer-Encoding: base64" + _KIND),
    lambda whole, _chance: whole.removesuffix(f"--{_LINE}--\r\n".encode()) * 30,
    lambda _whole, _chance: b"",
    _flipped,
]
WRONG_TYPES = [
    "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=é",
    f"multipart/form-data; boundary={_LINE}; charset=utf-7", "application/json", "text/plain",
    "application/x-www-form-urlencoded",
]  # fmt: skip
