"""What comes in is looked at before anything of it is kept: size, type, pixels; pictures are redrawn.

    checked = check_photo(name, content)        # or check_document
    kept = keep_file(checked)                   # riskhub.files.keeping: stored, whole
    attach_files(risk, [kept], by=user, ...)    # riskhub.files.services: the row

Raises UploadRefused with a sentence that names the file and says what to do.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from riskhub.entry.texts import one_line
from riskhub.files.choices import AttachmentKind
from riskhub.files.file_types import (
    PICTURES,
    TYPES,
    extension_of,
    extensions_of,
    is_heif,
    type_of,
)
from riskhub.files.pictures import TooManyPixels, Unreadable, redraw

MEGABYTE = 1024 * 1024
MOST_BYTES = {AttachmentKind.PHOTO: 12 * MEGABYTE, AttachmentKind.DOCUMENT: 20 * MEGABYTE}
LONGEST_SIDE = {AttachmentKind.PHOTO: 1600, AttachmentKind.DOCUMENT: 3200}
LONGEST_NAME = 100


class UploadRefused(ValidationError):  # noqa: N818 - reads as what it says
    """The sentence is for whoever sent it."""


@dataclass(frozen=True)
class CheckedFile:
    """Fit to be kept: of a picture the redrawn one. `received_sha256` is of the bytes that came in."""

    kind: AttachmentKind
    filename: str
    mime: str
    content: bytes
    received_sha256: str
    width: int | None = None
    height: int | None = None
    thumbnail: bytes = b""


def check_photo(name: str, content: bytes) -> CheckedFile:
    return _check(name, content, AttachmentKind.PHOTO, PICTURES)


def check_document(name: str, content: bytes) -> CheckedFile:
    """Anything of the closed list, photos too."""
    return _check(name, content, AttachmentKind.DOCUMENT, tuple(TYPES))


def check_size(name: str, size: int, kind: AttachmentKind) -> None:
    """Before it is read at all."""
    if not size:
        raise UploadRefused(_("“%(name)s” is empty. Choose another file.") % {"name": _short(name)})
    if size > MOST_BYTES[kind]:
        sentence = _(
            "“%(name)s” has %(size)s MB, more than %(most)s. Make it smaller, or send a screenshot."
        )
        facts = {"size": -(-size // MEGABYTE), "most": MOST_BYTES[kind] // MEGABYTE}
        raise UploadRefused(sentence % {"name": _short(name), **facts})


def _check(
    name: str, content: bytes, kind: AttachmentKind, allowed: tuple[str, ...]
) -> CheckedFile:
    check_size(name, len(content), kind)
    if is_heif(name, content):
        raise UploadRefused(_heif(name))
    if extension_of(name) not in extensions_of(allowed):
        raise UploadRefused(_not_on_the_list(name, kind))
    found = type_of(content)
    if found not in allowed or not _agree(name, found):
        raise UploadRefused(_not_what_it_says(name))
    if not TYPES[found].is_picture:
        return CheckedFile(
            AttachmentKind.DOCUMENT, _short(name), TYPES[found].mime, content, _digest(content)
        )
    return _picture(name, content, found, kind)


def _picture(name: str, content: bytes, found: str, kind: AttachmentKind) -> CheckedFile:
    try:
        picture = redraw(content, found, longest=LONGEST_SIDE[kind])
    except TooManyPixels as large:
        sentence = _(
            "“%(name)s” has more than %(most)s megapixels. Choose a smaller size in the camera, or "
            "send a screenshot."
        )
        facts = {"name": _short(name), "most": large.most}
        raise UploadRefused(sentence % facts) from large
    except Unreadable as broken:
        raise UploadRefused(_not_what_it_says(name)) from broken
    made = TYPES[picture.type]
    stem = PurePath(_short(name)).stem
    return CheckedFile(
        AttachmentKind.PHOTO, f"{stem}{made.extensions[0]}", made.mime, picture.content,
        _digest(content), picture.width, picture.height, picture.thumbnail,
    )  # fmt: skip


def _agree(name: str, found: str) -> bool:
    """Of pictures each may bear the other's extension: they are redrawn, and named anew."""
    named = extension_of(name)
    if TYPES[found].is_picture:
        return named in extensions_of(PICTURES)
    return named in TYPES[found].extensions


def _heif(name: str) -> str:
    sentence = _(
        "“%(name)s” is in Apple’s own format (HEIC). Take the photo with the button here, or set the "
        "iPhone to Camera, Formats, Most compatible; a screenshot of it works, too."
    )
    return sentence % {"name": _short(name)}


def _not_on_the_list(name: str, kind: AttachmentKind) -> str:
    if kind == AttachmentKind.PHOTO:
        sentence = _("“%(name)s” is no photo. Send JPEG, PNG or WebP.")
    else:
        sentence = _(
            "“%(name)s” cannot be attached. Possible are JPEG, PNG, WebP, PDF, Word, Excel (without "
            "macros), CSV and text."
        )
    return sentence % {"name": _short(name)}


def _not_what_it_says(name: str) -> str:
    sentence = _(
        "“%(name)s” cannot be opened: it is damaged, or not what its name says. Take it or save it anew."
    )
    return sentence % {"name": _short(name)}


def _short(name: str) -> str:
    """The name without a path and without what cannot be seen, short enough to show."""
    last = PurePath(name.replace("\\", "/")).name
    path = PurePath(one_line(last) or "file")
    return f"{path.stem[: LONGEST_NAME - len(path.suffix[:10])]}{path.suffix[:10]}"


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
