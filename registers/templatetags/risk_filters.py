"""The filters of a list of risks, each a menu behind its chip.

Strings, not widgets and not templates: some hundred choices stand on the list, and would cost more than
its rows.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django import forms, template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from registers.columns import CHOICES
from registers.filters import KINDS, RESIDUAL, SHOWN, RiskFilter
from riskhub.web.filters import FilterChip
from riskhub.web.templatetags.riskhub import icon

register = template.Library()

_CHECKED = mark_safe(" checked")
_TYPED = frozenset({"owner"})
_CARRIED = ("view", "sort", "kind", "probability", "impact", "columns", "saved", *SHOWN)
_MOST_WORDS = 24


@register.simple_tag
def filter_carried(filtered: RiskFilter, kinds: bool) -> SafeString:
    """What a filter leaves as it is, as hidden fields; with `kinds` the kind of level is one of the ticks."""
    names = [name for name in _CARRIED if not (kinds and name == "kind")]
    return format_html_join(
        "\n",
        '<input type="hidden" name="{}" value="{}">',
        ((name, value) for name in names for value in filtered.data.getlist(name) if value),
    )


@register.simple_tag
def filter_menu(filtered: RiskFilter, chip: FilterChip, target: str, kinds: bool) -> SafeString:
    """A chip that opens its choices; where it is on it says its value and can be taken off."""
    name = chip.field.html_name
    return format_html(
        '<details class="rh-menu" id="filter-{}"><summary class="rh-filter{}">{}</summary>'
        '<div class="rh-menu-body rh-filter-body rh-stack rh-stack-2">{}{}'
        '<div class="rh-row"><button class="btn btn-sm btn-quiet" type="submit">{}</button>{}</div>'
        "</div></details>",
        name,
        " rh-filter-on" if chip.words else "",
        _chip_words(chip),
        _kinds(filtered) if kinds and name == "level" else "",
        _choices(chip),
        _("Apply"),
        _removal(chip, target) if chip.words else "",
    )


@register.simple_tag
def filter_fold(chip: FilterChip) -> SafeString:
    """The same folded into a menu of several."""
    return format_html(
        '<details class="rh-filter-fold" id="filter-{}"><summary>{}{}</summary>{}</details>',
        chip.field.html_name,
        icon("chevron-right", "rh-icon-sm"),
        chip.field.label,
        _choices(chip),
    )


@register.simple_tag
def column_picks(chosen: Sequence[str], is_compact: bool) -> SafeString:
    """Which columns are shown, and how high the rows are."""
    columns = [(column.key, column.name, column.key in chosen) for column in CHOICES]
    narrow = [("on", _("Narrow rows"), is_compact)]
    return format_html(
        "{}{}",
        _picks("checkbox", "columns", _("Columns"), columns),
        _picks("checkbox", "is_compact", _("Height of rows"), narrow),
    )


def _chip_words(chip: FilterChip) -> SafeString:
    if not chip.words:
        return format_html("{}{}", icon("plus", "rh-icon-sm"), chip.field.label)
    words = Truncator(chip.words).chars(_MOST_WORDS)
    return format_html("{} <b>{}</b>", chip.field.label, words)


def _removal(chip: FilterChip, target: str) -> SafeString:
    return format_html(
        '<a class="btn btn-sm btn-bare" href="{0}" data-hx-get="{0}" data-hx-target="#{1}" '
        'data-hx-swap="outerHTML" data-hx-push-url="true">{2}</a>',
        chip.clear_url,
        target,
        _("Remove filter"),
    )


def _choices(chip: FilterChip) -> SafeString:
    name, label = chip.field.html_name, str(chip.field.label)
    if name in _TYPED:
        return format_html(
            '<div class="rh-field"><label for="filter-text-{0}">{1}</label><input class="form-control" '
            'id="filter-text-{0}" name="{0}" value="{2}" maxlength="100"></div>',
            name,
            label,
            chip.field.value() or "",
        )
    field: Any = chip.field.field  # each but the typed ones has choices
    chosen = chip.field.value() or ()
    among: Collection[str] = [chosen] if isinstance(chosen, str) else chosen
    kind = "checkbox" if isinstance(field, forms.MultipleChoiceField) else "radio"
    return _picks(kind, name, label, [(v, words, v in among) for v, words in field.choices])


def _kinds(filtered: RiskFilter) -> SafeString:
    """Of which risk the level is meant."""
    chosen = filtered.chosen_kind
    among = [("" if key == RESIDUAL else key, words, key == chosen) for key, words in KINDS]
    return _picks("radio", "kind", _("Level of"), among)


def _picks(
    kind: str, name: str, label: str, choices: Iterable[tuple[str, Any, bool]]
) -> SafeString:
    """Triples (value, words, whether it is chosen)."""
    return _drawn(kind, name, label, tuple((value, str(words), on) for value, words, on in choices))


@lru_cache(maxsize=512)
def _drawn(
    kind: str, name: str, label: str, choices: tuple[tuple[str, str, bool], ...]
) -> SafeString:
    """The same terms are drawn for everybody: once is enough."""
    ticks = format_html_join(
        "",
        '<label class="rh-pick"><input type="{}" id="{}-{}" name="{}" value="{}"{}>{}</label>',
        (
            (kind, name, value, name, value, _CHECKED if is_on else "", words)
            for value, words, is_on in choices
        ),
    )
    return format_html(
        '<fieldset class="rh-field"><legend class="visually-hidden">{}</legend>'
        '<div class="rh-picks">{}</div></fieldset>',
        label,
        ticks,
    )
