"""What a spreadsheet would take for a formula, made plain text, and read back exactly.

A neutralised text carries one apostrophe in front. A text that already looks neutralised gets
one more, so `restore(neutralise(text)) == text` for every text, and a file that was never
neutralised comes through `restore` unchanged unless it begins with apostrophe and trigger.
"""

import re

MARK = "'"
TRIGGERS = "=+-@\t\r＝＋－＠"
# Excel and others skip blanks and invisible signs before they look for a trigger.
_SKIPPED = r"[\s\u200b-\u200f\u2060\ufeff]*"
_DANGEROUS = re.compile(rf"(?:[\t\r]|{_SKIPPED}[=+\-@＝＋－＠])")
_NEUTRALISED = re.compile(rf"{MARK}+{_DANGEROUS.pattern}")
# Signed numbers, amounts, percentages, and phone numbers with their country code compute nothing.
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?%?")
_PHONE = re.compile(r"\+\d{1,3}[\d \-()]{4,24}")


def neutralise(text: str) -> str:
    """Return `text` so that no spreadsheet computes it; numbers and phone numbers are kept."""
    if _NEUTRALISED.match(text):
        return MARK + text
    if not _DANGEROUS.match(text) or _NUMBER.fullmatch(text) or _PHONE.fullmatch(text):
        return text
    return MARK + text


def restore(text: str) -> str:
    """Undo `neutralise`: what an import does with each text cell."""
    return text[len(MARK) :] if _NEUTRALISED.match(text) else text
