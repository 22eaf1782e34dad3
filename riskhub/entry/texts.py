"""Texts as they are kept: what cannot be seen is no part of them.

Characters without a picture (controls, zero width, marks of direction) are taken out, accents are put
together (NFC). A text of which nothing can be seen is empty.
"""

import re
import unicodedata
from collections.abc import Callable

LONGEST = 4000
"""So many characters are two pages: what is longer is a document, and is attached as one."""
_PICTURE = "\u2190-\u2bff\U0001f000-\U0001faff"
# A joiner stays inside a picture that is made of several, as a family is.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c"
    "\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
    f"|(?<![\ufe0f{_PICTURE}])\u200d|\u200d(?![{_PICTURE}])"
)
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BROKEN = re.compile("[\x00\ud800-\udfff]")
_ALONE = ("C", "M", "Z")


def one_line(text: str) -> str:
    """A name: line breaks and runs of blanks are one blank each."""
    return _seen(" ".join(_UNSEEN.sub("", text).split()))


def prose(text: str) -> str:
    """A text of several lines: they stay, and so do tabs."""
    return _seen(_UNSEEN.sub("", _BREAK.sub("\n", text).replace("\x1f", "")).strip())


def capitals(code: str) -> str:
    """The one spelling of a code that stands in addresses and files; no blanks beside it."""
    return code.strip(" ").upper()


def kept(text: str, clean: Callable[[str], str]) -> str:
    """Of a field that refuses what is no text at all (NUL, halves of a sign): left for it to say so."""
    return text if is_broken(text) else clean(text)


def is_broken(text: str) -> bool:
    """Whether no database keeps it: with NUL, or halves of a sign."""
    return bool(_BROKEN.search(text))


def _seen(text: str) -> str:
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    return text if any(unicodedata.category(sign)[0] not in _ALONE for sign in text) else ""
