"""One list of figures for page and file, so that both say the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from incidents.complaints.rows import STEPS
from incidents.incidents.permissions import can_read_incidents
from incidents.permissions import can_read_complaints, can_read_exposure
from incidents.statistics.counting import (
    Numbers,
    Rate,
    count_complaints,
    count_incidents,
    count_offers,
    quarter_losses,
    rate_months,
    sum_losses,
)
from incidents.statistics.scope import Scope
from registers.models import ServiceLine
from riskhub.company.calendar import Quarter
from riskhub.reports.words import quarter_name

Value = int | Decimal | None
COMPLAINTS, CLOCKS, INCIDENTS, LOSSES, QUARTERS, LINES, MONTHS = (
    pgettext_lazy("records", "Complaints"), gettext_lazy("Clocks kept"),
    pgettext_lazy("records", "Incidents and near misses"), gettext_lazy("Losses, CNY"),
    gettext_lazy("Losses by quarter: net, out of gross, CNY"),
    gettext_lazy("By service line"), gettext_lazy("By month"),
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """`share` in per cent of `out_of`; the last five are of a service line or a month."""

    section: str
    name: str
    value: Value = None
    out_of: Value = None
    orders: int | None = None
    complaints: int | None = None
    complaint_rate: Decimal | None = None
    incidents: int | None = None
    incident_rate: Decimal | None = None

    @property
    def share(self) -> Decimal | None:
        if self.value is None or not self.out_of:
            return None
        return (Decimal(100) * self.value / self.out_of).quantize(Decimal("0.1"))


def figures_of(scope: Scope, now: datetime) -> list[Figure]:
    """Only what the user reads: whoever has no list of incidents has no figures of them."""
    things = {
        "complaints": can_read_complaints(scope.user), "incidents": can_read_incidents(scope.user),
    }  # fmt: skip
    found: list[Figure] = []
    if things["complaints"]:
        counted = count_complaints(scope, now)
        found += [*_of_complaints(counted, count_offers(scope)), *_of_clocks(counted)]
    if things["incidents"]:
        found += _of_incidents(count_incidents(scope))
    found += _of_losses(sum_losses(scope, things))
    found += _of_quarters(quarter_losses(scope, things))
    return [*found, *_rates(scope, things)]


def _of_complaints(counted: Numbers, offers: Numbers) -> Iterator[Figure]:
    section, total = str(COMPLAINTS), counted["total"]
    answered = offers["accepted"] + offers["declined"]
    yield Figure(section, pgettext("how many", "Received"), total)
    yield Figure(section, _("Not yet over"), counted["open"], total)
    yield Figure(
        section, _("Of a customer or order that complained before"), counted["repeats"], total
    )
    yield Figure(section, _("Offers made"), offers["made"])
    yield Figure(
        section, _("Offers accepted, of those that were answered"), offers["accepted"], answered
    )


def _of_clocks(counted: Numbers) -> Iterator[Figure]:
    for step, words in STEPS.items():
        kept = counted[f"{step}_kept"]
        yield Figure(str(CLOCKS), str(words), kept, kept + counted[f"{step}_missed"])


def _of_incidents(counted: Numbers) -> Iterator[Figure]:
    section, total = str(INCIDENTS), counted["total"]
    yield Figure(section, _("Reported"), total)
    yield Figure(section, _("Near misses among them"), counted["near_misses"], total)
    yield Figure(section, _("Not yet over"), counted["open"], total)
    yield Figure(section, _("People hurt"), counted["hurt"])
    yield Figure(
        section, _("Without an amount: not in the losses below"), counted["uncosted"], total
    )


def _of_losses(sums: Numbers) -> Iterator[Figure]:
    section = str(LOSSES)
    yield Figure(section, _("Gross"), sums["gross"])
    yield Figure(section, _("Recovered"), sums["recovered"], sums["gross"])
    yield Figure(section, _("Net"), sums["net"])
    words = _("Gross, on risks that stood in no register before, of what names its risk")
    yield Figure(section, words, sums["unregistered"], sums["linked"])


def _of_quarters(quarters: list[tuple[date, Numbers]]) -> Iterator[Figure]:
    """A quarter in which only something came back has no gross, and so no net loss."""
    for first, sums in quarters:
        gross = sums["gross"]
        name = quarter_name(Quarter.of(first))
        net = None if gross is None else gross - (sums["recovered"] or 0)
        yield Figure(str(QUARTERS), name, net, gross)


def _rates(scope: Scope, things: Mapping[str, bool]) -> Iterator[Figure]:
    """Orders are those of the whole company: they say nothing of one department."""
    is_whole = scope.departments is None and can_read_exposure(scope.user)
    lines, months = rate_months(scope, things, with_orders=is_whole)
    names: dict[Any, str] = {line.pk: line.name for line in ServiceLine.objects.all()}
    for pk, name in [*names.items(), (None, _("Without a service line"))]:
        if pk in lines:
            yield _rated(str(LINES), name, lines[pk], things)
    for month, rate in months.items():
        yield _rated(str(MONTHS), f"{month:%Y-%m}", rate, things)


def _rated(section: str, name: str, rate: Rate, things: Mapping[str, bool]) -> Figure:
    complaints, incidents = things["complaints"], things["incidents"]
    return Figure(
        section, name, orders=rate.orders,
        complaints=rate.complaints if complaints else None,
        complaint_rate=rate.per_thousand("complaints") if complaints else None,
        incidents=rate.incidents if incidents else None,
        incident_rate=rate.per_thousand("incidents") if incidents else None,
    )  # fmt: skip
