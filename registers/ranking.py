"""Why a risk stands where it stands, read from the very key that lists, API and reports sort by.

`Risk.rank_key` is written by the database (`registers.expressions`, spec 3.6); what it holds is taken apart
here and put into words, so that no explanation can differ from the order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from registers.choices import Level, Velocity
from registers.models import Risk
from registers.querysets import RiskQuerySet
from riskhub.entry.day_words import day

_UNRATED = "9"
_BEGINNING = date(1900, 1, 1)
_SPEEDS = tuple(Velocity)


@dataclass(frozen=True)
class Part:
    """One thing that the order asks for, in its turn.

    `value` is compared as text, `words` are read; `short` stands in a comparison in their place.
    """

    name: str
    words: str
    value: str
    short: str = ""

    @property
    def compared(self) -> str:
        return self.short or self.words


@dataclass(frozen=True)
class Neighbour:
    """The risk before or after it, and the sentence that says what decides between the two."""

    risk: Risk
    words: str


@dataclass(frozen=True)
class Place:
    parts: Sequence[Part]
    before: Neighbour | None
    after: Neighbour | None


def parts_of(risk: Risk) -> list[Part]:
    """In the order in which they count; the first in which two risks differ decides between them."""
    key = risk.rank_key
    if key.startswith(_UNRATED):
        none = _("not assessed, so after all that are")
        return [
            Part(_("Residual level"), none, key[0], _("not assessed")),
            _dated(_("Found on"), key[1:7]),
            Part(_("Number"), risk.code, key[7:]),
        ]
    speed = _SPEEDS[int(key[5])]
    return [
        Part(_("Residual level"), str(Level(3 - int(key[0])).label), key[0]),
        Part(_("Priority"), _sum(risk), key[1:4], str(priority_of(key))),
        Part(_("Impact"), str(5 - int(key[4])), key[4]),
        Part(_("How fast the harm arrives"), str(speed.label), key[5]),
        _dated(_("Assessed on"), key[6:12]),
        Part(_("Number"), risk.code, key[12:]),
    ]


def priority_of(key: str) -> Decimal | None:
    """The priority index that a key holds; None where nothing is assessed."""
    return None if key.startswith(_UNRATED) else Decimal(200 - int(key[1:4])).scaleb(-1)


def terms_of(risk: Risk) -> tuple[Decimal, int, int, Decimal] | None:
    """The priority index and what it is the sum of: probability, impact, half of importance above 3."""
    priority = priority_of(risk.rank_key)
    if priority is None or risk.residual_probability is None or risk.residual_impact is None:
        return None
    rest = priority - risk.residual_probability - risk.residual_impact
    return priority, risk.residual_probability, risk.residual_impact, rest


def place_of(risk: Risk, among: RiskQuerySet) -> Place | None:
    """Its parts and its neighbours among these risks, in two queries; None for what is not in the order."""
    if not risk.is_open:
        return None
    among = among.open()
    before = among.filter(rank_key__lt=risk.rank_key).order_by("-rank_key").first()
    after = among.filter(rank_key__gt=risk.rank_key).order_by("rank_key").first()
    return Place(
        parts_of(risk),
        Neighbour(before, _decided(before, risk)) if before else None,
        Neighbour(after, _decided(after, risk)) if after else None,
    )


def _decided(other: Risk, risk: Risk) -> str:
    """The first part in which they differ: “Priority: 8.5 there, 8.0 here”."""
    theirs, ours = next(_differing(parts_of(other), parts_of(risk)))
    return _("%(name)s: %(there)s there, %(here)s here") % {
        "name": ours.name,
        "there": theirs.compared,
        "here": ours.compared,
    }


def _differing(one: Sequence[Part], other: Sequence[Part]) -> Iterator[tuple[Part, Part]]:
    return ((a, b) for a, b in zip(one, other, strict=False) if a.value != b.value)


def _sum(risk: Risk) -> str:
    terms = terms_of(risk)
    if terms is None:
        return ""
    priority, probability, impact, rest = terms
    return _(
        "%(priority)s = probability %(probability)s + impact %(impact)s %(sign)s %(rest)s for importance "
        "%(importance)s"
    ) % {
        "priority": priority,
        "probability": probability,
        "impact": impact,
        "sign": "−" if rest < 0 else "+",
        "rest": abs(rest),
        "importance": risk.business_importance,
    }


def _dated(name: str, days: str) -> Part:
    if int(days) == 0:
        return Part(name, _("on a day that is not known, so first"), days)
    words = day(_BEGINNING + timedelta(days=int(days)))
    return Part(name, _("%(day)s, the oldest first") % {"day": words}, days, words)
