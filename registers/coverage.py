"""Where risks were looked for and where none stands yet: by area, by service line.

An area without a risk is a finding, so every active one is there, and the open risks that belong to
none stand in a last row. What one does not see is not counted.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise, StrPromise

from registers.choices import LEVEL_WORDS, Level
from registers.filters import NONE
from registers.models import Risk, RiskArea, ServiceLine
from riskhub.accounts.models import User

_LEVELS = tuple(reversed(Level))


@dataclass(frozen=True)
class LevelCount:
    word: str
    name: str
    count: int
    url: str


@dataclass(frozen=True)
class Covered:
    """`found_on` is the day of the newest of its risks; `url` the list of exactly these."""

    name: StrOrPromise
    count: int
    url: str
    levels: list[LevelCount]
    found_on: Any = None


@dataclass(frozen=True)
class Table:
    """`nowhere` are the risks that belong to none of the rows."""

    title: StrPromise
    terms: list[Covered]
    nowhere: Covered

    @property
    def rows(self) -> list[Covered]:
        return [*self.terms, self.nowhere] if self.nowhere.count else self.terms

    @property
    def empty(self) -> int:
        return sum(not row.count for row in self.terms)


def areas_covered(user: User) -> Table:
    return _table(user, _("Areas"), "area", "area", list(RiskArea.objects.filter(is_active=True)))


def lines_covered(user: User) -> Table:
    lines = list(ServiceLine.objects.filter(is_active=True))
    return _table(user, _("Service lines"), "line", "service_lines", lines)


def _table(user: User, title: StrPromise, key: str, column: str, terms: list[Any]) -> Table:
    """One query for the counts, whatever the number of terms."""
    rows = (
        Risk.objects.visible_to(user)
        .open()
        .order_by()
        .values(column)
        .annotate(
            count=Count("*"), found_on=Max("reported_on"),
            **{
                LEVEL_WORDS[level]: Count(Value(1), filter=Q(residual_level=level))
                for level in _LEVELS
            },
        )
    )  # fmt: skip
    counted = {row[column]: row for row in rows}
    covered = [_covered(term.name, key, term.code, counted.get(term.pk)) for term in terms]
    return Table(title, covered, _covered(NONE[1], key, NONE[0], counted.get(None)))


def _covered(name: StrOrPromise, key: str, code: str, row: dict[str, Any] | None) -> Covered:
    url = f"{reverse('registers:risk_list')}?{key}={code}"
    if row is None:
        return Covered(name, 0, url, [])
    levels = [
        LevelCount(word, str(level.label), row[word], f"{url}&level={word}")
        for level in _LEVELS
        if row[word := LEVEL_WORDS[level]]
    ]
    return Covered(name, row["count"], url, levels, row["found_on"])
