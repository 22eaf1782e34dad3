"""The effect of a bulk edit in words: of each risk what it has now and what it would have."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registers.models import Risk
from registers.weighing import Change, Effect
from riskhub.entry.day_words import day

SHOWN = 12
_SILENT = {"importance_reason"}
"""Written beside the value that it gives the reason for."""


@dataclass(frozen=True)
class Told:
    """`steps` are triples (field, what stands there, what would)."""

    risk: Risk
    steps: list[tuple[str, str, str]]


def told_of(effect: Effect, change: Change) -> list[Told]:
    """The first of those that change."""
    return [Told(risk, list(_steps(risk, effect, change))) for risk in effect.changed[:SHOWN]]


def _steps(risk: Risk, effect: Effect, change: Change) -> Iterator[tuple[str, str, str]]:
    for name, value in change.columns.items():
        before = getattr(risk, name)
        if name not in _SILENT and before != value:
            yield _label(name), _said(before), _said(value)
    if change.add_source and risk.pk in effect.without_source:
        yield _("Further sources"), "", str(change.add_source.name)


def _label(name: str) -> str:
    field: models.Field[Any, Any] = Risk._meta.get_field(name)  # type: ignore[assignment]
    return capfirst(str(field.verbose_name))


def _said(value: object) -> str:
    if value is None or value == "":
        return _("empty")
    if isinstance(value, date):
        return day(value)
    return str(getattr(value, "name", value))
