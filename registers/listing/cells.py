"""The rows of the list as strings: a template for each of some hundred cells would cost more than they do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from registers.columns import Column
from registers.models import Risk
from registers.permissions import LETTERS, editable_fields
from registers.ranking import terms_of
from registers.templatetags.registers import risk_level, risk_link, risk_response
from riskhub.accounts.models import User
from riskhub.entry.day_words import day

_MAY = {fields: letter for letter, fields in LETTERS}


@dataclass(frozen=True)
class Table:
    """What all rows have in common; `words` are those that a cell says where it has no head."""

    columns: Sequence[Column]
    user: User
    today: date
    base: str
    tick: str
    words: Mapping[str, str]

    @classmethod
    def of(cls, columns: Sequence[Column], user: User, today: date) -> "Table":
        words = {"priority": _("Priority"), "importance": _("Importance")}
        return cls(
            columns, user, today, reverse("registers:risk_list"), escape(_("Tick %s")), words
        )

    def row(self, risk: Risk) -> SafeString:
        code = escape(risk.code)
        may = _MAY.get(editable_fields(self.user, risk), "")
        cells = "".join([_CELLS[column.key](risk, self) for column in self.columns])
        return mark_safe(  # noqa: S308 - each cell is safe
            f'<tr data-code="{code}" data-may="{may}" aria-selected="false"><td class="rh-tick-cell">'
            '<input class="form-check-input" type="checkbox" name="pick" '
            f'value="{code}" form="bulk-form" aria-label="{self.tick % code}"></td>{cells}</tr>'
        )


def _code(risk: Risk, _table: Table) -> str:
    return f'<td class="rh-code">{risk.code}</td>'


def _name(risk: Risk, table: Table) -> str:
    state = ""
    if not risk.is_open:
        words = _("Taken back") if risk.is_undone else risk.get_state_display()
        state = f' <span class="rh-tag">{escape(str(words))}</span>'
    return f'<td class="wide">{risk_link(risk, table.base)}{state}</td>'


def _level(kind: str) -> Callable[[Risk, Table], str]:
    return lambda risk, _table: f"<td>{risk_level(risk, kind)}</td>"


def _owner(risk: Risk, _table: Table) -> str:
    """With the panel open there is room for one column only: the department then stands below."""
    name, department = str(risk.owner or risk.owner_note), risk.owner_department.name
    return f'<td class="rh-2" data-below="{escape(department)}">{escape(name)}</td>'


def _review(risk: Risk, table: Table) -> str:
    due = risk.next_review_on
    if due is None:
        return "<td></td>"
    return _due(due, due < table.today and risk.is_open, table.today, get_language())


# A page of rows has few days, and their words are the same all day.
@lru_cache(maxsize=1024)
def _due(due: date, is_late: bool, _today: date, _language: str) -> str:
    shown = escape(day(due))
    if is_late:
        words = escape(_("overdue"))
        shown = (
            f'<span class="rh-alert">{shown}<span class="visually-hidden"> {words}</span></span>'
        )
    words = escape(_("Next review"))
    return f'<td class="rh-num rh-2"><span class="rh-card-word">{words} </span>{shown}</td>'


def _priority(risk: Risk, table: Table) -> str:
    """The index and what it is the sum of: probability, impact, half of importance above 3."""
    terms = terms_of(risk)
    if terms is None:
        return "<td></td>"
    priority, probability, impact, rest = terms
    words, sign = table.words["priority"], "−" if rest < 0 else "+"
    return (
        f'<td class="rh-num rh-nowrap"><span class="rh-card-word">{words} </span>{priority}'
        f' <span class="rh-3">= {probability} + {impact} {sign} {abs(rest)}</span></td>'
    )


def _importance(risk: Risk, table: Table) -> str:
    return _number(table.words["importance"], risk.business_importance)


def _number(words: str, value: object) -> str:
    """A figure says what it is where the columns have no heads: on a phone."""
    if value is None:
        return "<td></td>"
    return f'<td class="rh-num rh-2"><span class="rh-card-word">{words} </span>{value}</td>'


def _lines(risk: Risk, _table: Table) -> str:
    return _text(
        pgettext("between names", ", ").join(line.name for line in risk.service_lines.all())
    )


def _text(words: StrOrPromise) -> str:
    return f'<td class="rh-2">{escape(str(words or ""))}</td>'


_CELLS: dict[str, Callable[[Risk, Table], str]] = {
    "code": _code,
    "name": _name,
    "level": _level("residual"),
    "inherent": _level("inherent"),
    "target": _level("target"),
    "priority": _priority,
    "response": lambda risk, _t: f"<td>{risk_response(risk)}</td>",
    "department": lambda risk, _t: (
        f'<td class="rh-2 rh-department">{escape(risk.owner_department.name)}</td>'
    ),
    "owner": _owner,
    "review": _review,
    "importance": _importance,
    "category": lambda risk, _t: _text(risk.category.name),
    "area": lambda risk, _t: _text(risk.area.name if risk.area else ""),
    "source": lambda risk, _t: _text(risk.primary_source.name),
    "line": _lines,
    "state": lambda risk, _t: _text(risk.get_state_display()),
    "control": lambda risk, _t: _text(risk.get_controllability_display()),
    "assessed": lambda risk, _t: _text(day(risk.assessed_on)),
    "reported": lambda risk, _t: _text(day(risk.reported_on)),
    "register": lambda risk, _t: _text(risk.register.name),
}
