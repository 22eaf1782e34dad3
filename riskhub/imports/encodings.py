"""Which encoding a text file is in, told from its bytes."""

import re

from charset_normalizer import from_bytes
from django.utils.translation import gettext_noop as _

from riskhub.imports.sentences import refuse

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Chinese text in GB18030 is nearly all pairs of these rows: punctuation, full-width forms, characters.
CHINESE_PAIR = re.compile(rb"[\xa1-\xa3\xb0-\xf7][\xa1-\xfe]")
HIGH_BYTE = re.compile(rb"[\x80-\xff]")
MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}",
)
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MOSTLY_CHINESE = 0.7
MOSTLY_UTF_8 = 0.95
MANY_ZEROS = 0.02
MANY_CONTROLS = 0.01
SAMPLE = 65_536
OTHER_SCRIPTS = ["big5", "cp1251", "shift_jis", "euc_kr", "cp949", "koi8_r"]
LATIN_SHARE = 0.2


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Bytes that are no text are refused."""
    for encoding in (marked_encoding(data), "utf-8", *guessed_encodings(data)):
        if encoding is None:
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return checked(text), encoding
    if share_of_utf_8(data) > MOSTLY_UTF_8:
        return checked(data.decode("utf-8", errors="replace")), "utf-8"
    raise refuse_binary()


def marked_encoding(data: bytes) -> str | None:
    return next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)


def guessed_encodings(data: bytes) -> list[str]:
    """In the order in which to try them, when there is no mark and it is not UTF-8."""
    if unmarked := unmarked_utf_16(data):
        return [unmarked]
    if share_of_utf_8(data) > MOSTLY_UTF_8:
        return []
    if share_of_chinese(data) > MOSTLY_CHINESE:
        return ["gb18030"]
    if len(HIGH_BYTE.findall(data)) < LATIN_SHARE * len(data):
        return ["cp1252", "gb18030"]
    best = from_bytes(data[:SAMPLE], cp_isolation=OTHER_SCRIPTS).best()
    return [*([best.encoding] if best else []), "gb18030", "cp1252"]


def unmarked_utf_16(data: bytes) -> str | None:
    """Text of digits and Latin letters in UTF-16 has a zero in every second byte."""
    sample = data[:SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) <= MANY_ZEROS * len(sample) / 2 or 4 * min(even, odd) > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def share_of_chinese(data: bytes) -> float:
    return 2 * len(CHINESE_PAIR.findall(data)) / max(len(HIGH_BYTE.findall(data)), 1)


def share_of_utf_8(data: bytes) -> float:
    multibyte = sum(len(found) for found in MULTIBYTE.findall(data))
    return multibyte / max(len(HIGH_BYTE.findall(data)), 1)


def checked(text: str) -> str:
    if len(CONTROL.findall(text)) > MANY_CONTROLS * len(text):
        raise refuse_binary()
    return text


def refuse_binary() -> Exception:
    return refuse(
        _("The file is no readable text. Save the table as .xlsx, or as CSV in UTF-8."),
    )
