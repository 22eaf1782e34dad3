"""Tags of the printed pages: headings and captions that number themselves, levels, columns."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from assessments.quarterly.pages import language
from assessments.quarterly.pages.numbering import Numbering
from riskhub.accounts.bilingual import is_english
from riskhub.reports.charts.grid import Place
from riskhub.reports.charts.levels import Level

register = template.Library()
GLYPHS = "○◐●▲"

register.filter("day", language.day)
register.filter("minute", language.minute)
register.filter("figure", language.figure)
register.filter("tr", language.tr)
register.filter("listed", language.listed)


@register.simple_tag(takes_context=True)
def heading(context: Mapping[str, Any], number: str, title: str, css: str = "") -> SafeString:
    """A section's heading, entered in the contents."""
    numbering: Numbering = context["numbering"]
    entry = numbering.open_section(number, title)
    return format_html(
        '<h1 id="{}" class="{}"><span class="no">{} </span>{}</h1>',
        entry.anchor, css, entry.number, entry.title,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def table(context: Mapping[str, Any], title: str, note: str = "") -> SafeString:
    """The caption of a numbered table."""
    entry = context["numbering"].add_table(title)
    return format_html("<caption>{}</caption>", _caption(entry.anchor, entry.number, title, note))


@register.simple_tag(takes_context=True)
def picture(context: Mapping[str, Any], title: str, note: str = "") -> SafeString:
    """The caption of a numbered figure."""
    entry = context["numbering"].add_figure(title)
    caption = _caption(entry.anchor, entry.number, title, note)
    return format_html("<figcaption>{}</figcaption>", caption)


@register.simple_tag
def columns(*widths: float) -> SafeString:
    """Relative widths: a table with fixed columns is laid out a third faster."""
    total = sum(widths)
    parts = ((f"{100 * width / total:.2f}",) for width in widths)
    cols = format_html_join("", '<col style="width:{}%">', parts)
    return format_html("<colgroup>{}</colgroup>", cols)


@register.simple_tag
def level(value: Level | None) -> SafeString:
    """Glyph and word on the level's ground; nothing for a risk that is not rated."""
    if value is None:
        return SafeString("")
    return format_html(
        '<span class="lv {}">{} {}</span>', value.code, GLYPHS[value.rank], value.name
    )


@register.simple_tag
def cell(place: Place | None) -> SafeString:
    if place is None:
        return SafeString(language.NOTHING)
    return format_html('<span class="nw">P{} I{}</span>', *place)


def _caption(anchor: str, number: str, title: str, note: str) -> SafeString:
    gap = "\u2002" if is_english() else "\u3000"
    words = format_html('<span id="{}">{}{}{}</span>', anchor, number, gap, title)
    return format_html('{}<span class="as">{}{}</span>', words, gap, note) if note else words
