"""What a file says about its own scales, beside the values: "(1-5)", "1 (low) to 5 (high)", "4x4"."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from riskhub.imports.sentences import Sentence, say

SPAN = re.compile(
    r"(?<![\d.])([01])\s*(?:\([^)]*\))?\s*(?:-|–|—|~|to|至|到|\.\.)\s*(\d{1,3})(?![\d.])"
)
SQUARE = re.compile(r"(?<!\d)(\d{1,2})\s*[x×*✕]\s*(\d{1,2})(?!\d)")
OUT_OF = re.compile(r"(?:out of|/)\s*(\d{1,3})(?!\d)")
EQUALS = re.compile(r"(?<!\d)(\d{1,2})\s*[=:：]\s*\D")
STEPS = range(3, 11)
# Columns of methods with a third factor: FMEA (detection, RPN) and LEC (exposure).
THIRD_FACTOR = re.compile(
    r"d|e|det\.?|detection.*|detectability.*|rpn|exposure frequency"
    r"|.*(探测度|检出度|可检测性|顺序数|优先数|暴露).*"
)
TOP_FIRST = re.compile(
    r"(?<!\d)1\s*[=:\-–—]?\s*[(]?\s*(?:very high|highest|high|most|很高|极高|最高|高)"
)


@dataclass(frozen=True)
class Evidence:
    """The lowest and the highest step of the file's scale, where the file names them.

    `against` says why its steps cannot be ours, whatever their numbers.
    """

    low: int | None = None
    top: int | None = None
    against: Sentence | None = None


def evidence_in(name: str, notes: Iterable[str] = ()) -> Evidence:
    """From the name of the column; else from a note above the table that names a square matrix."""
    text = plain(name)
    if TOP_FIRST.search(text):
        return Evidence(against=say(_("The file counts from 1 as the highest step.")))
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


def third_factor(names: Iterable[str]) -> Evidence:
    """Against our steps where another column is a third factor of the score."""
    for name in names:
        if THIRD_FACTOR.fullmatch(plain(name)):
            return Evidence(
                against=say(
                    _(
                        "The column “%(name)s” belongs to a method with three factors, with other steps."
                    ),
                    name=" ".join(name.split()),
                )
            )
    return Evidence()


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
