"""The rows of the list as strings: a template for each of some hundred cells would cost more than they do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_stubs_ext import StrOrPromise

from registers.columns import Column
from registers.models import Risk
from registers.permissions import LETTERS, editable_fields
from registers.ranking import terms_of
from registers.templatetags.registers import risk_level, risk_link, risk_response, risk_review
from riskhub.accounts.models import User
from riskhub.web.templatetags.riskhub import day

_MAY = {fields: letter for letter, fields in LETTERS}


_TICK = (
    '<td class="rh-tick-cell"><input class="form-check-input" type="checkbox" name="pick" '
    'value="{}" form="bulk-form" aria-label="{}"></td>'
)


@dataclass(frozen=True)
class Table:
    """What all rows have in common."""

    columns: Sequence[Column]
    user: User
    today: date
    base: str
    tick: str

    @classmethod
    def of(cls, columns: Sequence[Column], user: User, today: date) -> "Table":
        return cls(columns, user, today, reverse("registers:risk_list"), _("Tick %s"))

    def row(self, risk: Risk) -> SafeString:
        tick = format_html(_TICK, risk.code, self.tick % risk.code)
        cells = "".join(_CELLS[column.key](risk, self) for column in self.columns)
        return format_html(
            '<tr data-code="{}" data-may="{}" aria-selected="false">{}{}</tr>',
            risk.code,
            _MAY.get(editable_fields(self.user, risk), ""),
            tick,
            mark_safe(cells),  # noqa: S308 - each cell is safe
        )


def _code(risk: Risk, _table: Table) -> str:
    return f'<td class="rh-code">{risk.code}</td>'


def _name(risk: Risk, table: Table) -> str:
    state = ""
    if not risk.is_open:
        words = _("Taken back") if risk.is_undone else risk.get_state_display()
        state = format_html(' <span class="rh-tag">{}</span>', words)
    return f'<td class="wide">{risk_link(risk, table.base)}{state}</td>'


def _level(kind: str) -> Callable[[Risk, Table], str]:
    return lambda risk, _table: f"<td>{risk_level(risk, kind)}</td>"


def _owner(risk: Risk, _table: Table) -> str:
    """With the panel open there is room for one column only: the department then stands below."""
    name, department = risk.owner or risk.owner_note, risk.owner_department.name
    return format_html('<td class="rh-2" data-below="{}">{}</td>', department, name)


def _review(risk: Risk, table: Table) -> str:
    if not risk.next_review_on:
        return "<td></td>"
    words = _("Next review")
    shown = risk_review(risk, table.today)
    return (
        f'<td class="rh-num rh-2"><span class="rh-card-word">{words} </span>'
        f"{conditional_escape(shown)}</td>"
    )


def _priority(risk: Risk, _table: Table) -> str:
    """The index and what it is the sum of: probability, impact, half of importance above 3."""
    terms = terms_of(risk)
    if terms is None:
        return "<td></td>"
    priority, probability, impact, rest = terms
    words, sign = _("Priority"), "−" if rest < 0 else "+"
    return (
        f'<td class="rh-num rh-nowrap"><span class="rh-card-word">{words} </span>{priority}'
        f' <span class="rh-3">= {probability} + {impact} {sign} {abs(rest)}</span></td>'
    )


def _importance(risk: Risk, _table: Table) -> str:
    return _number(_("Importance"), risk.business_importance)


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
    return f'<td class="rh-2">{conditional_escape(words or "")}</td>'


_CELLS: dict[str, Callable[[Risk, Table], str]] = {
    "code": _code,
    "name": _name,
    "level": _level("residual"),
    "inherent": _level("inherent"),
    "target": _level("target"),
    "priority": _priority,
    "response": lambda risk, _t: f"<td>{risk_response(risk)}</td>",
    "department": lambda risk, _t: (
        f'<td class="rh-2 rh-department">{conditional_escape(risk.owner_department.name)}</td>'
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
