"""One record, read cell by cell: what cannot be taken is told, with the name of its field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.utils.translation import gettext_noop as _

from incidents.records.fields import Field
from incidents.records.lists import Lists
from incidents.records.moments import is_in_doubt, moment_in, month_in
from incidents.records.table import Raw
from riskhub.accounts.bilingual import as_read
from riskhub.entry.days import HAPPENED
from riskhub.entry.texts import one_line, prose
from riskhub.imports.sentences import Sentence, say
from riskhub.imports.sheets import Flaw, is_damaged, text_of

_MISSING = _("%(field)s is missing.")
_LONG = _("%(field)s: %(count)s characters, at most %(most)s are kept. Shorten it.")
_DAMAGED = _(
    "%(field)s was damaged by a wrong encoding. Save the original again as .xlsx, or as CSV in UTF-8."
)
_FLAW = _("%(field)s holds %(code)s instead of a value.")
_NO_MOMENT = _("%(field)s: “%(text)s” is no moment. Write it as 2026-03-31 09:30.")
_NO_MONTH = _("%(field)s: “%(text)s” is no month. Write it as 2026-03.")
_DOUBT = _("%(field)s: does the day or the month come first in “%(text)s”?")
_NOT_MEANT = _("%(field)s: “%(text)s” lies in the future or before 1990.")
_NO_NUMBER = _("%(field)s: “%(text)s” is no whole number from %(least)s to %(most)s.")
_UNKNOWN = _("%(field)s: “%(text)s” is not known here.")
_SHOWN = 60
_Kept = TypeVar("_Kept")


@dataclass(frozen=True)
class Answers:
    """What holds for all records of a batch: where they come from, the order of days and months, defaults."""

    source: str
    order: str = ""
    defaults: Mapping[str, str] = field(default_factory=dict)


class Record:
    """`errors` fills while it is read; a record with one is not taken."""

    def __init__(
        self, raw: Raw, fields: Mapping[str, Field], lists: Lists, answers: Answers
    ) -> None:
        self.raw, self.fields, self.lists, self.answers = raw, fields, lists, answers
        self.errors: list[Sentence] = []

    def refuse(self, words: str, name: str, /, **facts: str | int | Sentence) -> None:
        self.errors.append(say(words, field=say(self.fields[name].title), **facts))

    def line(self, name: str, most: int) -> str:
        return self._kept(name, one_line(self._text(name)), most)

    def prose(self, name: str, most: int) -> str:
        return self._kept(name, prose(self._text(name)), most)

    def moment(self, name: str) -> datetime | None:
        """Not in the future; without a zone of its own in that of the company."""
        cell = self.raw.cells.get(name)
        text = self._text(name)
        if not text:
            self._require(name)
            return None
        found = moment_in(cell, self.lists.zone, self.answers.order)
        if found is None:
            self.refuse(_DOUBT if is_in_doubt(cell) else _NO_MOMENT, name, text=text[:_SHOWN])
        elif found > self.lists.now or HAPPENED.fault(found.astimezone(self.lists.zone).date()):
            self.refuse(_NOT_MEANT, name, text=text[:_SHOWN])
            return None
        return found

    def month(self, name: str) -> date | None:
        """Its first day; it has begun."""
        text = self._text(name)
        if not text:
            self._require(name)
            return None
        found = month_in(self.raw.cells.get(name))
        if found is None:
            self.refuse(_NO_MONTH, name, text=text[:_SHOWN])
        elif HAPPENED.fault(found):
            self.refuse(_NOT_MEANT, name, text=text[:_SHOWN])
        return found

    def whole(self, name: str, least: int, most: int) -> int | None:
        text = self._text(name)
        if not text:
            self._require(name)
            return None
        if not text.isdecimal() or len(text) > len(str(most)) or not least <= int(text) <= most:
            self.refuse(_NO_NUMBER, name, text=text[:_SHOWN], least=least, most=most)
            return None
        return int(text)

    def one_of(self, name: str, known: Mapping[str, _Kept]) -> _Kept | None:
        """By its code or name; what the record leaves out is the default of the batch."""
        text = one_line(self._text(name)) or self.answers.defaults.get(name, "")
        if not text:
            self._require(name)
            return None
        found = known.get(as_read(text))
        if found is None:
            self.refuse(_UNKNOWN, name, text=text[:_SHOWN])
        return found

    def _text(self, name: str) -> str:
        cell: Any = self.raw.cells.get(name)
        if isinstance(cell, Flaw):
            self.refuse(_FLAW, name, code=cell.code)
            return ""
        text = text_of(cell)
        if is_damaged(text):
            self.refuse(_DAMAGED, name)
        return text

    def _kept(self, name: str, text: str, most: int) -> str:
        if not text:
            self._require(name)
        if len(text) > most:
            self.refuse(_LONG, name, count=len(text), most=most)
        return text

    def _require(self, name: str) -> None:
        if self.fields[name].is_needed:
            self.refuse(_MISSING, name)
