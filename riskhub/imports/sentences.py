"""Sentences kept as data: an English msgid and its facts, read in any language later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


@dataclass(frozen=True)
class Sentence:
    """What is told to a person. `str()` reads it in the active language; `as_json()` stores it."""

    text: str
    facts: Mapping[str, "str | int | float | Sentence"] = field(default_factory=dict)

    def __str__(self) -> str:
        if not self.text:
            return ""
        return gettext(self.text) % {
            name: str(fact) if isinstance(fact, Sentence) else fact
            for name, fact in self.facts.items()
        }

    def as_json(self) -> dict[str, Any]:
        facts = {
            name: fact.as_json() if isinstance(fact, Sentence) else fact
            for name, fact in self.facts.items()
        }
        return {"text": self.text, "facts": facts}


def sentence_from_json(stored: Mapping[str, Any]) -> Sentence:
    """The sentence that `as_json()` stored."""
    facts = {
        name: sentence_from_json(fact) if isinstance(fact, dict) else fact
        for name, fact in stored["facts"].items()
    }
    return Sentence(stored["text"], facts)


def say(text: str, /, **facts: "str | int | float | Sentence") -> Sentence:
    """Short for a sentence with facts; the text is marked with gettext_noop by the caller."""
    return Sentence(text, facts)


def join_sentences(sentences: Iterable[Sentence]) -> str:
    """The sentences in the active language, one after the other."""
    return " ".join(str(sentence) for sentence in sentences)


def place(sheet: str | None, row: int | None = None, column: str | None = None) -> Sentence:
    """Where in the file: sheet, row number and column letter, as far as they are known."""
    facts: dict[str, str | int] = {}
    if sheet is not None:
        facts["sheet"] = sheet
    if row is not None:
        facts["row"] = row
    if column is not None:
        facts["column"] = column
    return Sentence(PLACES[tuple(facts)], facts)


PLACES: dict[tuple[str, ...], str] = {
    (): _("The file"),
    ("sheet",): _("Sheet “%(sheet)s”"),
    ("row",): _("Row %(row)s"),
    ("column",): _("Column %(column)s"),
    ("sheet", "row"): _("Sheet “%(sheet)s”, row %(row)s"),
    ("sheet", "column"): _("Sheet “%(sheet)s”, column %(column)s"),
    ("row", "column"): _("Row %(row)s, column %(column)s"),
    ("sheet", "row", "column"): _("Sheet “%(sheet)s”, row %(row)s, column %(column)s"),
}


class FileRefusedError(Exception):
    """A file that is not taken. Its sentence names the place and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


def refuse(text: str, /, **facts: "str | int | float | Sentence") -> FileRefusedError:
    """The refusal with this sentence, to be raised by the caller."""
    return FileRefusedError(Sentence(text, facts))


def refuse_at(
    where: Sentence, text: str, /, **facts: "str | int | float | Sentence"
) -> FileRefusedError:
    """The refusal with a place before its sentence, to be raised by the caller."""
    return refuse(_("%(place)s: %(what)s"), place=where, what=Sentence(text, facts))
