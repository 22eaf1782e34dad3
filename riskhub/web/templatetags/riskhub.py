"""The small parts of every page. Values come in plain: nothing here asks the database.

Chips, states and icons stand fifty times on a list page, so they are strings, not templates.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import heroicons
from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm
from django.template import Context
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from riskhub.entry.day_words import day, day_in_full, is_chinese, moment, moment_in_full
from riskhub.web.filters import PLACES, FilterChip
from riskhub.web.navigation import Navigation, navigation_for
from riskhub.web.offline import owner_of
from riskhub.web.preferences import html_language
from riskhub.web.toasts import Undo, undo_in

if TYPE_CHECKING:
    from riskhub.accounts.models import User

register = template.Library()
for _say in (day, day_in_full, moment, moment_in_full):
    register.filter(_say)

_GLYPHS = {
    "low": '<circle cx="6" cy="6" r="4.6"/>',
    "medium": '<circle cx="6" cy="6" r="4.6"/><path class="f" d="M6 1.4a4.6 4.6 0 0 0 0 9.2z"/>',
    "high": '<circle class="f" cx="6" cy="6" r="5.2"/>',
    "critical": '<path class="f" d="M6 .8 11.6 11H.4z"/>',
}
_RING = '<circle cx="8" cy="8" r="5.5"/>'
_STATES = {
    "draft": '<circle cx="8" cy="8" r="5.5" stroke-dasharray="2.5 2"/>',
    "wait": f'{_RING}<path class="f" d="M8 4.5a3.5 3.5 0 0 1 0 7z"/>',
    "run": f'{_RING}<path d="M8 5v3.2l2 1.3"/>',
    "done": f'{_RING}<path d="m5.5 8.2 1.8 1.8 3.2-3.7"/>',
    "late": f'{_RING}<path d="M8 4.8v3.7M8 10.9v.01"/>',
    "back": '<path d="M6 3.5 3 6.5l3 3M3 6.5h6.2a3 3 0 0 1 0 6H7"/>',
    "stop": f'{_RING}<path d="m6 6 4 4M10 6l-4 4"/>',
    "none": '<path d="M4 8h8"/>',
}
_TEN_THOUSAND = 10_000


@lru_cache(maxsize=256)
def _icon(name: str, css: str) -> SafeString:
    svg = heroicons._render_icon("outline", name, 20, {"class": css, "aria-hidden": "true"})  # noqa: SLF001 - the template tag of the package adds only size and safety
    return mark_safe(svg)  # noqa: S308 - the package's own file


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A heroicon, 20 px outline, silent for screen readers: `{% icon "plus" "rh-icon-sm" %}`."""
    return _icon(name, f"rh-icon {css}".strip())


@register.simple_tag
def glyph(code: str) -> SafeString:
    """The mark of a level alone; the word must stand beside it."""
    shapes = mark_safe(_GLYPHS[code])  # noqa: S308 - our own constant
    return format_html(
        '<svg class="rh-glyph" viewBox="0 0 12 12" aria-hidden="true">{}</svg>', shapes
    )


@register.simple_tag
def level(
    code: str | None, name: str = "", probability: int | None = None, impact: int | None = None
) -> SafeString:
    """Level chip: glyph, word and, where given, the cell; dashed where nothing is assessed."""
    if not code:
        return format_html('<span class="rh-level rh-level-none">{}</span>', _("not assessed"))
    cell = format_html("<b>{},{}</b>", probability, impact) if probability else ""
    return format_html(
        '<span class="rh-level rh-level-{}"><svg viewBox="0 0 12 12" aria-hidden="true">{}</svg>{}{}</span>',
        code,
        mark_safe(_GLYPHS[code]),  # noqa: S308 - our own constant
        name,
        cell,
    )


@register.simple_tag
def state(kind: str, words: str) -> SafeString:
    """A state: icon and word. Kinds: draft wait run done late back stop none."""
    return format_html(
        '<span class="rh-state rh-state-{}"><svg viewBox="0 0 16 16" aria-hidden="true">{}</svg>{}</span>',
        kind,
        mark_safe(_STATES[kind]),  # noqa: S308 - our own constant
        words,
    )


@register.simple_tag
def phone_owner(user: "User") -> str:
    """By this a phone knows whose things it keeps."""
    return owner_of(user)


@register.filter
def faults(form: BaseForm) -> int:
    """How many sentences say what is wrong: several at a field where it holds several things."""
    return sum(len(errors) for errors in form.errors.values())


@register.filter
def figure(value: Decimal | float | None) -> str:
    """Of a table: 8,060, or 8,060.50; – where nobody knows."""
    if value is None:
        return "–"
    amount = Decimal(str(value))
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


@register.filter
def money(value: Decimal | float | None) -> str:
    """The full figure in yuan: 860,000 元 or CNY 860,000; fen only where there are some."""
    if value is None or value == "":
        return ""
    return f"{figure(value)} 元" if is_chinese() else f"CNY {figure(value)}"


@register.filter
def money_short(value: Decimal | float | None) -> str:
    """For sentences: 86 万元 or CNY 860k; below ten thousand the full figure."""
    if value is None or value == "":
        return ""
    amount = Decimal(str(value))
    if abs(amount) < _TEN_THOUSAND:
        return money(amount)
    if is_chinese():
        return f"{_trim(amount / _TEN_THOUSAND)} 万元"
    million = Decimal(1_000_000)
    if abs(amount) >= million:
        return f"CNY {_trim(amount / million)}m"
    return f"CNY {_trim(amount / 1000)}k"


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> Navigation:
    return navigation_for(context["request"])


@register.simple_tag(takes_context=True)
def hidden_query(context: Context, chips: Iterable[FilterChip]) -> SafeString:
    """The rest of the address (search, sort) as hidden fields, so that filtering keeps it."""
    own = {*PLACES, *(chip.field.html_name for chip in chips)}
    query = context["request"].GET
    pairs = ((name, value) for name in query if name not in own for value in query.getlist(name))
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.simple_tag
def page_language() -> str:
    """For `lang=`: zh-Hans or en."""
    return html_language(translation.get_language() or "zh-hans")


@register.filter
def undo(message: Message) -> Undo | None:
    """What the toast of this message takes back, or None."""
    return undo_in(message)


@register.filter
def initial(user: object) -> str:
    """The first character of a name, for the round mark in the top bar."""
    return str(user)[:1].upper()


def _trim(amount: Decimal) -> str:
    return f"{amount:,.1f}".removesuffix(".0")
