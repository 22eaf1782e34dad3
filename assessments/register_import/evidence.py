"""What a file says about its own scales, beside the values: "(1-5)", "1 (low) to 5 (high)", "4x4"."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

SPAN = re.compile(
    r"(?<![\d.])([01])\s*(?:\([^)]*\))?\s*(?:-|–|—|~|to|至|到|\.\.)\s*(\d{1,3})(?![\d.])"
)
SQUARE = re.compile(r"(?<!\d)(\d{1,2})\s*[x×*✕]\s*(\d{1,2})(?!\d)")
OUT_OF = re.compile(r"(?:out of|/)\s*(\d{1,3})(?!\d)")
EQUALS = re.compile(r"(?<!\d)(\d{1,2})\s*[=:：]\s*\D")
STEPS = range(3, 11)
DETECTION = re.compile(
    r"d|det\.?|detection.*|detectability.*|rpn|.*(探测度|检出度|可检测性|顺序数|优先数).*"
)
FMEA_TOP = 10


@dataclass(frozen=True)
class Evidence:
    """The lowest and the highest step of the file's scale, where the file names them."""

    low: int | None = None
    top: int | None = None


def evidence_in(name: str, notes: Iterable[str] = ()) -> Evidence:
    """From the name of the column; else from a note above the table that names a square matrix."""
    text = plain(name)
    if span := SPAN.search(text):
        return Evidence(int(span[1]), int(span[2]))
    if out_of := OUT_OF.search(text):
        return Evidence(None, int(out_of[1]))
    if steps := [int(step) for step in EQUALS.findall(text)]:
        return Evidence(min(steps), max(steps))
    for note in notes:
        if (
            (square := SQUARE.search(plain(note)))
            and square[1] == square[2]
            and int(square[1]) in STEPS
        ):
            return Evidence(1, int(square[1]))
    return Evidence()


def failure_analysis(names: Iterable[str]) -> Evidence:
    """A column for detection or the RPN makes it an FMEA, whose scales usually go from 1 to 10."""
    found = any(DETECTION.fullmatch(plain(name)) for name in names)
    return Evidence(1, FMEA_TOP) if found else Evidence()


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
