"""The parts of a risk that stand on every list: its level, its answer."""

from datetime import date
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registers.choices import LEVEL_WORDS, Level
from registers.models import Risk
from registers.responses import response_mark, response_words
from riskhub.entry.day_words import day
from riskhub.web.templatetags.riskhub import level, state

if TYPE_CHECKING:
    from registers.listing.cells import Table

register = template.Library()

_CHECKED = mark_safe(" checked")
_SEPARATOR = mark_safe(' <i class="rh-sep"></i> ')


@register.simple_tag
def risk_level(risk: Risk, kind: str = "residual") -> SafeString:
    """The chip of one of its cells: `inherent`, `residual` or `target`."""
    cell = (getattr(risk, f"{kind}_{part}") for part in ("level", "probability", "impact"))
    return _chip(*cell, get_language())


@register.simple_tag
def risk_response(risk: Risk) -> SafeString:
    """Strategy and state of the plan: “Mitigate · waiting for approval”."""
    versions = risk.plan_version, risk.plan_in_force
    return _response(risk.plan_strategy, risk.plan_state, *versions, get_language())


@register.simple_tag
def risk_link(risk: Risk, base: str) -> SafeString:
    """The name, leading to the page of the risk; `base` is the address of the list."""
    language = risk.name_language
    lang = f' lang="{escape(language)}"' if language else ""
    address, name = escape(f"{base}{risk.code}/"), escape(risk.name)
    return mark_safe(f'<a class="rh-name" href="{address}"{lang}>{name}</a>')  # noqa: S308 - escaped


@register.simple_tag
def risk_row(risk: Risk, table: "Table") -> SafeString:
    """A row of the list, see `registers.listing.cells`."""
    return table.row(risk)


@register.simple_tag
def risk_review(risk: Risk, today: date) -> str:
    """The day of the next review; in red, and said, where it is past."""
    if risk.next_review_on is None or risk.next_review_on >= today or not risk.is_open:
        return day(risk.next_review_on)
    return format_html(
        '<span class="rh-alert">{}<span class="visually-hidden"> {}</span></span>',
        day(risk.next_review_on),
        _("overdue"),
    )


# There are 25 cells and some 40 answers: each is put together once in a language.
@lru_cache(maxsize=256)
def _chip(
    rank: int | None, probability: int | None, impact: int | None, _language: str
) -> SafeString:
    if rank is None:
        return level(None)
    return level(LEVEL_WORDS[rank], str(Level(rank).label), probability, impact)


@lru_cache(maxsize=256)
def _response(
    strategy: str, plan_state: str, version: int | None, in_force: int | None, _language: str
) -> SafeString:
    answer, standing = response_words(strategy, plan_state, version, in_force)
    words = format_html("{}{}{}", answer, _SEPARATOR, standing) if standing else answer
    return state(response_mark(plan_state), words)
