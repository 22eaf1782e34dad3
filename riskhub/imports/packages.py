"""The zip package of a workbook, counted and checked before the workbook is read."""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

from django.utils.translation import gettext_noop as _

from riskhub.imports.kinds import MACROS, NOT_READ, PROTECTED, refuse_name
from riskhub.imports.limits import MEBIBYTE, Limits
from riskhub.imports.sentences import FileRefusedError, refuse

IS_ENCRYPTED = 0x1
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)
WORKBOOK = "xl/workbook.xml"
CONTENT = "content.xml"
MANIFEST = "META-INF/manifest.xml"
SCRIPTS = ("basic/", "scripts/")


def check_workbook(names: frozenset[str]) -> None:
    """The names of an XLSX package, in small letters."""
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise refuse(MACROS, ending="vbaProject.bin")
    if any(name.endswith("workbook.bin") for name in names):
        raise refuse(NOT_READ, ending=".xlsb")
    if WORKBOOK in names:
        return
    if CONTENT in names:
        raise refuse_name(".xlsx", ".ods")
    raise refuse(
        _("This archive holds no Excel workbook. Choose the .xlsx file itself, not a zip, "
          "document or presentation."),
    )  # fmt: skip


def check_opendocument(names: frozenset[str]) -> None:
    """The names of an ODS package, in small letters."""
    if any(name.startswith(SCRIPTS) and not name.endswith("/") for name in names):
        raise refuse(MACROS, ending="Basic")
    if CONTENT in names:
        return
    if WORKBOOK in names:
        raise refuse_name(".ods", ".xlsx")
    raise refuse(
        _("This archive holds no OpenDocument sheet. Choose the .ods file itself, not a zip."),
    )


def read_parts(
    data: bytes, limits: Limits, check: Callable[[frozenset[str]], None] = check_workbook
) -> dict[str, bytes]:
    """All parts by name, within the limits on number and unpacked size; `check` sees the names first.

    What counts are the bytes that come out. A directory that names other sizes is refused.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            check_entries(entries, limits)
            check(names_of(entries))
            return dict(_unpacked(package, entries, limits))
    except FileRefusedError:
        raise
    except BROKEN as error:
        raise refuse_damaged() from error


def _unpacked(
    package: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: Limits
) -> Iterator[tuple[str, bytes]]:
    left = limits.unpacked_bytes
    for entry in entries:
        said = entry.file_size
        entry.file_size = left + 2  # past where we stop, so that zipfile neither cuts nor judges
        with package.open(entry) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise refuse_unpacked(limits)
        if len(content) != said:
            raise refuse_damaged()
        yield entry.filename, content


def packed(parts: Mapping[str, bytes]) -> BytesIO:
    """A plain package of checked parts, so that the next reader sees nothing but them."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    stream.seek(0)
    return stream


def check_entries(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.parts:
        raise refuse(
            _("The workbook has %(count)s parts inside, the limit is %(limit)s. "
              "Copy the table into a new workbook."),
            count=len(entries),
            limit=limits.parts,
        )  # fmt: skip
    if any(entry.flag_bits & IS_ENCRYPTED for entry in entries):
        raise refuse(PROTECTED)
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise refuse_unpacked(limits)
    if any(entry.compress_type not in METHODS for entry in entries):
        raise refuse_damaged()


def names_of(entries: list[zipfile.ZipInfo]) -> frozenset[str]:
    """A part may stand only once: two readers could otherwise see two different files."""
    names = [entry.filename for entry in entries]
    lowered = {name.lower() for name in names}
    if len(lowered) < len(names):
        raise refuse_damaged()
    # The two that are read are known by their exact names.
    return frozenset((lowered - {WORKBOOK, CONTENT}) | ({WORKBOOK, CONTENT} & set(names)))


def refuse_unpacked(limits: Limits) -> FileRefusedError:
    return refuse(
        _(
            "The workbook unpacks to more than %(limit)s MB. Copy the table alone into a new workbook."
        ),
        limit=limits.unpacked_bytes // MEBIBYTE,
    )


def refuse_damaged() -> FileRefusedError:
    return refuse(
        _("The workbook is damaged. Open it in a spreadsheet program and save it again as .xlsx."),
    )
