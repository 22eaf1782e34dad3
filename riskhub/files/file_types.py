"""The closed list of what may be attached: each type is known by its content and by its extension."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

_HEIF_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
)
_HEIF_NAMES = frozenset({".heic", ".heif", ".avif"})
_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_CONTROLS = bytes(sign for sign in range(32) if sign not in b"\t\n\f\r")


@dataclass(frozen=True)
class FileType:
    mime: str
    extensions: tuple[str, ...]
    is_picture: bool = False


TYPES: Mapping[str, FileType] = {
    "jpeg": FileType("image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"), is_picture=True),
    "png": FileType("image/png", (".png",), is_picture=True),
    "webp": FileType("image/webp", (".webp",), is_picture=True),
    "pdf": FileType("application/pdf", (".pdf",)),
    "docx": FileType(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",)
    ),
    "xlsx": FileType(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",)
    ),
    "text": FileType("text/plain", (".txt", ".csv", ".log", ".md")),
}
PICTURES = tuple(name for name, kind in TYPES.items() if kind.is_picture)


def extension_of(filename: str) -> str:
    return PurePath(filename.replace("\\", "/")).suffix.lower()


def extensions_of(names: tuple[str, ...] = tuple(TYPES)) -> tuple[str, ...]:
    return tuple(extension for name in names for extension in TYPES[name].extensions)


def type_of(content: bytes) -> str:
    """By the content alone; empty where it is none of the list."""
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    if content.startswith(b"%PDF-"):
        return "pdf" if b"%%EOF" in content[-2048:] else ""
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return "text" if _is_text(content) else ""


def is_heif(filename: str, content: bytes) -> bool:
    """As iPhones keep their photos: Apple's format, which few others open."""
    if content[4:8] == b"ftyp":
        brands = content[8 : 8 + 32]
        return any(brands[at : at + 4] in _HEIF_BRANDS for at in range(0, len(brands), 4))
    return extension_of(filename) in _HEIF_NAMES and not type_of(content)


def _office(content: bytes) -> str:
    """Word and Excel without macros: what runs by itself is none of the list."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError):
        return ""
    if "[Content_Types].xml" not in parts or any("vbaproject" in part.lower() for part in parts):
        return ""
    return next((name for part, name in _OFFICE.items() if part in parts), "")


def _is_text(content: bytes) -> bool:
    if content.translate(None, _CONTROLS) != content:
        return False
    return any(_decodes(content, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
