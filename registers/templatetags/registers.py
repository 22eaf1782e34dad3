"""The parts of a risk that stand on every list: its level, its answer."""

from collections.abc import Collection
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from registers.choices import LEVEL_WORDS, Level
from registers.models import Risk
from registers.responses import response_mark, response_words
from riskhub.web.filters import FilterChip
from riskhub.web.templatetags.riskhub import level, state

register = template.Library()

_CHECKED = mark_safe(" checked")
_SEPARATOR = mark_safe(' <i class="rh-sep"></i> ')


@register.simple_tag
def risk_level(risk: Risk, kind: str = "residual") -> SafeString:
    """The chip of one of its cells: `inherent`, `residual` or `target`."""
    rank = getattr(risk, f"{kind}_level")
    if rank is None:
        return level(None)
    return level(
        LEVEL_WORDS[rank],
        str(Level(rank).label),
        getattr(risk, f"{kind}_probability"),
        getattr(risk, f"{kind}_impact"),
    )


@register.simple_tag
def risk_response(risk: Risk) -> SafeString:
    """Strategy and state of the plan: “Mitigate · waiting for approval”."""
    strategy, plan_state = response_words(risk.plan_strategy, risk.plan_state)
    words = format_html("{}{}{}", strategy, _SEPARATOR, plan_state) if plan_state else strategy
    return state(response_mark(risk.plan_state), words)


@register.simple_tag
def filter_options(chip: FilterChip) -> SafeString:
    """The choices of one filter as ticks, of the state as radio buttons.

    Strings, not widgets: some sixty of them stand on the list, and would cost more than its rows.
    """
    name, chosen = chip.field.html_name, chip.field.value() or ()
    kind = "radio" if isinstance(chosen, str) else "checkbox"
    field: Any = chip.field.field  # every field but the owner's has choices
    among: Collection[str] = [chosen] if isinstance(chosen, str) else chosen
    return format_html_join(
        "\n",
        '<label class="rh-pick"><input type="{}" id="{}-{}" name="{}" value="{}"{}>{}</label>',
        (
            (kind, name, value, name, value, _CHECKED if value in among else "", label)
            for value, label in field.choices
        ),
    )
