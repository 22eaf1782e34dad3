"""The texts of one row, and the codes that its words stand for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_noop as _

from assessments.register_import.body import BodyRow, FieldColumns, flaw_name
from assessments.register_import.columns import Doubt
from assessments.register_import.mapping import DEFAULTS, SCORES
from assessments.register_import.scales import AxisScale
from assessments.register_import.values import HANZI, number_of, value_key
from assessments.register_import.words import USUAL, Words
from riskhub.entry.days import HAPPENED, PLANNED
from riskhub.entry.texts import LONGEST, prose
from riskhub.imports.sentences import Sentence, say
from riskhub.imports.sheets import Cell, Flaw, column_letter, is_damaged, text_of
from riskhub.reports.writers.formulas import restore

TITLE_LENGTH = 300
DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s.*)?")
PLAIN_TEXTS = ("cause", "consequence", "measures", "contingency", "trigger", "notes")
OF_A_RISK = ("cause", "event", "consequence")
BETWEEN_LINES = re.compile(r"[,，、;；/\n]+")
KEPT = ("number", "status", "category", "area", "source", "department", "strategy", "due_on")


@dataclass(frozen=True)
class Table:
    """A table whose columns and scales are settled as far as they are."""

    columns: FieldColumns
    scales: Mapping[str, AxisScale]
    defaults: Mapping[str, str | None] = field(default_factory=dict)
    doubts: Sequence[Doubt] = ()
    words: Words = USUAL


class RowReader:
    """Reads one row once; `texts` are the arguments of an ImportedRow."""

    def __init__(self, table: Table, body_row: BodyRow) -> None:
        self.table = table
        self.cells = body_row.cells
        self.group = body_row.group
        self.errors: list[Sentence] = []
        self.messages: list[Sentence] = []
        self.texts: dict[str, Any] = {}
        self.unused: dict[str, str] = {}

    def text(self, name: str) -> str:
        """The texts of a field's columns, one per line; cells with an error count as empty.

        What our own export has made harmless for spreadsheets comes back as it was.
        """
        found = (self.cell(column) for column in self.table.columns.get(name, ()))
        return "\n".join(
            restore(text_of(cell))
            for cell in found
            if cell is not None and not isinstance(cell, Flaw)
        )

    def cell(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else None

    def title(self) -> str:
        """In one line, and no longer than a risk's name may be."""
        lines = self.text("title").split("\n")
        whole = " ".join(" ".join(lines).split())
        if len(whole) <= TITLE_LENGTH:
            return whole
        first = " ".join(lines[0].split())
        return (
            first
            if first and len(first) <= TITLE_LENGTH
            else whole[: TITLE_LENGTH - 1].rstrip() + "…"
        )

    def identity(self) -> tuple[str, ...]:
        """All that the mapped columns say: two rows with the same are one row twice."""
        columns = sorted({column for several in self.table.columns.values() for column in several})
        return tuple(value_key(self.cell(column)) for column in columns)

    def read_texts(self) -> None:
        self.check_damage()
        title = self.title()
        self.texts = {name: self.text(name) for name in PLAIN_TEXTS}
        self.texts["event"] = self.event(title)
        self.check_lengths()
        self.texts["language"] = "zh-hans" if HANZI.search(title) else "en"
        self.texts["owner_text"] = " ".join(self.text("owner").split())
        self.texts["area"] = self.table.words.code_of("area", self.text("area"))
        self.texts["strategy"] = self.table.words.code_of("strategy", self.text("strategy"))
        self.texts["identified_on"] = self.identified_on()
        self.texts["next_review_on"] = self.next_review_on()
        self.texts["business_importance"] = self.business_importance()
        self.texts["service_lines"] = self.service_lines()
        self.read_defaults()
        self.texts["file"] = self.kept()

    def event(self, title: str) -> str:
        """The described event; the whole text of the title where that says more than its line."""
        whole, event = self.text("title"), self.text("event")
        if whole == title:
            return event or title
        if len(" ".join(whole.split())) > TITLE_LENGTH:
            self.messages.append(say(_("The name is shortened; its whole text is in the event.")))
        return f"{whole}\n{event}".strip()

    def read_defaults(self) -> None:
        """Category, department and source: from the file, else from the defaults, and said."""
        self.texts["category"] = self.code_or_default("category")
        self.texts["department"] = " ".join(self.text("department").split()) or self.default(
            "department"
        )
        self.texts["source"] = self.code_or_default("source")

    def code_or_default(self, name: str) -> str:
        text = " ".join(self.text(name).split())
        if code := self.table.words.code_of(name, text):
            return code
        return self.default(name, text)

    def default(self, name: str, text: str = "") -> str:
        value = (
            self.table.defaults.get(name)
            or self.table.words.fallbacks.get(name, DEFAULTS[name])
            or ""
        )
        what = say(DEFAULT_TITLES[name])
        shown = value or say(_("the register's department"))
        if text:
            self.messages.append(
                say(
                    _("%(what)s: %(value)s by default, “%(text)s” is kept as text."),
                    what=what,
                    value=shown,
                    text=text,
                )
            )
        else:
            self.messages.append(say(_("%(what)s: %(value)s by default."), what=what, value=shown))
        return value

    def day(self, name: str) -> date | None:
        """A date cell, or a text with the year first; the order of other texts is not guessed."""
        for column in self.table.columns.get(name, ()):
            cell = self.cell(column)
            if isinstance(cell, datetime):
                return cell.date()
            if isinstance(cell, date):
                return cell
            found = DATE.fullmatch(text_of(cell))
            try:
                return date(int(found[1]), int(found[2]), int(found[3])) if found else None
            except ValueError:
                return None
        return None

    def identified_on(self) -> date | None:
        """The day of the file where it can be meant; else its text is kept, and why."""
        text, found = self.text("identified_on"), self.day("identified_on")
        if not text or (found and not HAPPENED.fault(found)):
            return found
        words = _("“%(text)s” cannot be the day it was found: today counts.")
        self.not_used("identified_on", text, say(words, text=text))
        return None

    def next_review_on(self) -> date | None:
        """A day that has passed is taken as well: the review was due where the file comes from."""
        text, found = self.text("next_review_on"), self.day("next_review_on")
        if not text or (found and not PLANNED.fault(found)):
            return found
        words = _("“%(text)s” cannot be the day of the next review: kept as text.")
        self.not_used("next_review_on", text, say(words, text=text))
        return None

    def business_importance(self) -> int | None:
        """A whole number from 1 to 5; words are not guessed."""
        text = " ".join(self.text("business_importance").split())
        found = number_of(text)
        if not text or found in SCORES:
            return int(found) if found else None
        words = _("“%(text)s” is no importance from 1 to 5: kept as text.")
        self.not_used("business_importance", text, say(words, text=text))
        return None

    def service_lines(self) -> tuple[str, ...]:
        """The codes of those that are known, one of them or several with commas between."""
        text = self.text("service_lines")
        if whole := self.table.words.code_of("line", text):
            return (whole,)
        names = [part.strip() for part in BETWEEN_LINES.split(text) if part.strip()]
        codes = {name: self.table.words.code_of("line", name) for name in names}
        if unknown := [name for name, code in codes.items() if not code]:
            shown = ", ".join(unknown)
            words = _("The service line “%(text)s” is not known here: kept as text.")
            self.not_used("service_lines", shown, say(words, text=shown))
        return tuple(dict.fromkeys(filter(None, codes.values())))

    def not_used(self, name: str, text: str, why: Sentence) -> None:
        """What cannot be taken stays beside the risk as text, and why."""
        self.unused[name] = text
        self.messages.append(why)

    def kept(self) -> dict[str, str]:
        """What the file says for itself, kept as text: never our code, state or level."""
        found = {name: self.text(name) for name in KEPT}
        found |= self.unused
        found["level"] = ", ".join(filter(None, (self.text("level"), self.text("score"))))
        found["group"] = self.group
        return {name: text for name, text in found.items() if text}

    def check_damage(self) -> None:
        for columns in self.table.columns.values():
            for column in columns:
                cell = self.cell(column)
                if isinstance(cell, str) and is_damaged(cell):
                    self.errors.append(
                        say(
                            _(
                                "The text in column %(column)s was damaged by a wrong encoding. "
                                "Save the original again as .xlsx, or as CSV in UTF-8."
                            ),
                            column=column_letter(column),
                        )
                    )
                elif isinstance(cell, Flaw) and column not in self.score_columns():
                    self.messages.append(
                        say(
                            _("Column %(column)s holds %(code)s and is left out."),
                            column=column_letter(column),
                            code=flaw_name(cell),
                        )
                    )

    def check_lengths(self) -> None:
        """A row is never kept in part."""
        for name in OF_A_RISK:
            count = len(prose(self.texts[name]))
            if count > LONGEST:
                columns = self.table.columns.get(name) or self.table.columns["title"]
                words = _(
                    "The text in column %(column)s has %(count)s characters, at most %(most)s are kept. "
                    "Shorten it in the file."
                )
                self.errors.append(
                    say(words, column=column_letter(columns[0]), count=count, most=LONGEST)
                )

    def score_columns(self) -> set[int]:
        names = ("probability", "impact", "residual_probability", "residual_impact")
        return {column for name in names for column in self.table.columns.get(name, ())}


DEFAULT_TITLES = {"category": _("Category"), "department": _("Department"), "source": _("Source")}
