"""Numbers of sections, figures and tables, given in the order of printing, and the contents."""

from dataclasses import dataclass

from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents; `anchor` is the id it leads to."""

    number: str
    title: str
    anchor: str


class Numbering:
    def __init__(self) -> None:
        self.sections: list[Entry] = []
        self.figures: list[Entry] = []
        self.tables: list[Entry] = []
        self._section = ""

    def open_section(self, number: str, title: str) -> Entry:
        self._section = number
        self.sections.append(Entry(number, title, f"s{number}"))
        return self.sections[-1]

    def add_figure(self, title: str) -> Entry:
        return self._add(self.figures, "f", gettext("Figure"), title)

    def add_table(self, title: str) -> Entry:
        return self._add(self.tables, "t", gettext("Table"), title)

    def _add(self, entries: list[Entry], sign: str, label: str, title: str) -> Entry:
        place = f"{self._section}-"
        count = 1 + sum(entry.number.startswith(place) for entry in entries)
        entry = Entry(f"{place}{count}", title, f"{sign}{place}{count}")
        entries.append(entry)
        return Entry(f"{label} {entry.number}", title, entry.anchor)
