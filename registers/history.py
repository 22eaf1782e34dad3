"""The trail of a risk: its own audit events and those of the rows that belong to it.

A higher package names its rows in `ready()`:

    register_related(Related(Assessment, lambda risk: risk.assessments.values_list("pk", flat=True)))

The words of its actions and fields are named in `riskhub.oversight.words`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from registers.models import Risk


@dataclass(frozen=True)
class Related:
    """Rows of `model` that belong to a risk: `keys(risk)` answers their primary keys in one query."""

    model: type[Model]
    keys: Callable[[Risk], Iterable[Any]]


_related: dict[type[Model], Related] = {}


def register_related(related: Related) -> None:
    _related[related.model] = related


def related_rows() -> tuple[Related, ...]:
    return tuple(_related.values())
