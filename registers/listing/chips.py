"""What is chosen, each on a chip that takes it off, and what the choice leaves out."""

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registers.choices import RiskState
from registers.filters import ALL, KINDS, MINOR, NOT_RATED, OPEN, RESIDUAL, RiskFilter
from registers.listing.addresses import address, changed
from registers.models import Risk
from riskhub.web.filters import FilterChip, filter_chips


@dataclass(frozen=True)
class Hidden:
    """What a search would find among the closed risks: said in `words`, shown at `url`."""

    words: str
    url: str
    link: str


def chips_of(filtered: RiskFilter, request: HttpRequest) -> list[FilterChip]:
    """The status is always on: taking it off shows the closed risks too.

    What the address asks for and is not there stands on its chip as well, so that it can be taken off.
    """
    return [_chip(filtered, chip) for chip in filter_chips(filtered.form, request)]


def _chip(filtered: RiskFilter, chip: FilterChip) -> FilterChip:
    name, words = chip.field.name, chip.words
    if chip.field.errors:
        words = _("not here")
    elif name == "level" and words and filtered.chosen_kind != RESIDUAL:
        kind = dict(KINDS)[filtered.chosen_kind]
        words = _("%(kind)s: %(words)s") % {"kind": kind, "words": words}
    is_free = name == "state" and filtered.data["state"] == OPEN
    clear = changed(filtered.data, state=ALL) if is_free else chip.clear_url
    return replace(chip, words=words, clear_url=clear, is_minor=name in MINOR)


def hidden_of(filtered: RiskFilter, count: int) -> Hidden | None:
    """The closed risk whose code was typed; else, where nothing is found, how many closed ones match."""
    text, is_open = filtered.data.get("q", ""), filtered.data["state"] == OPEN
    if filtered.is_forged or not text or not is_open:
        return None
    named = Risk.objects.visible_to(filtered.user).coded(text.strip()).first()
    if named and not named.is_open:
        code = {"code": named.code}
        return Hidden(
            _why_hidden(named) % code, named.get_absolute_url(), _("Open %(code)s") % code
        )
    every = filtered.data.copy()
    every["state"] = ALL
    closed = 0 if count else RiskFilter(every, filtered.user, filtered.terms).qs.order_by().count()
    if not closed:
        return None
    told = ngettext("%(count)s closed risk matches.", "%(count)s closed risks match.", closed)
    return Hidden(told % {"count": closed}, address(every), _("Show closed ones"))


def _why_hidden(risk: Risk) -> str:
    if risk.is_undone:
        return _("%(code)s was put in by mistake and taken back.")
    if risk.state == RiskState.MERGED:
        return _("%(code)s was merged into another risk.")
    return _("%(code)s is closed.")


def not_rated_url(filtered: RiskFilter) -> str:
    """Where those not rated stand alone; empty where they do already, and where nothing is found."""
    is_there = filtered.data.getlist("level") == [NOT_RATED]
    return "" if is_there or filtered.is_forged else changed(filtered.data, level=NOT_RATED)


def cell_of(filtered: RiskFilter) -> tuple[str, str] | None:
    """The cell to which a heat map has led, in words, and the list without it."""
    kind = dict(KINDS)[filtered.chosen_kind]
    scores = {axis: filtered.data.get(axis) for axis in ("probability", "impact")}
    if all(scores.values()):
        words = f"{kind} {scores['probability']},{scores['impact']}"
    elif scores["probability"]:
        words = _("%(kind)s, probability %(score)s") % {
            "kind": kind,
            "score": scores["probability"],
        }
    elif scores["impact"]:
        words = _("%(kind)s, impact %(score)s") % {"kind": kind, "score": scores["impact"]}
    elif filtered.chosen_kind != RESIDUAL and not filtered.data.getlist("level"):
        words = str(kind)
    else:
        return None
    return words, changed(filtered.data, kind="", probability="", impact="")
