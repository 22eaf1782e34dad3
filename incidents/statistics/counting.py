"""The numbers behind the statistics, a constant number of queries. Unknown is None, never 0."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce, TruncMonth, TruncQuarter

from incidents.choices import OVER, OfferAnswer
from incidents.complaints.deadlines import DONE_AT
from incidents.complaints.rows import STEPS
from incidents.incidents.choices import NEAR_MISS, RECOVERIES
from incidents.incidents.querysets import LossQuerySet
from incidents.models import (
    ComplaintRisk,
    ExposureMonth,
    IncidentRisk,
    InjuredPerson,
    LossEntry,
    Resolution,
)
from incidents.statistics.scope import Scope

Numbers = Mapping[str, Any]


@dataclass
class Rate:
    """Of one service line or month. Only what happened in months with orders counts in the rates."""

    complaints: int = 0
    incidents: int = 0
    orders: int | None = None
    counted: dict[str, int] = field(default_factory=lambda: {"complaints": 0, "incidents": 0})

    def per_thousand(self, name: str) -> Decimal | None:
        if not self.orders:
            return None
        return (Decimal(self.counted[name] * 1000) / self.orders).quantize(Decimal("0.01"))


def count_complaints(scope: Scope, now: datetime) -> Numbers:
    """How many, how they stand, and per clock: kept and missed. What nobody knows is neither."""
    is_over = Q(state__in=OVER)
    counts = {
        "total": Count("pk"),
        "open": Count("pk", filter=~is_over),
        "repeats": Count("pk", filter=Q(repeat_of__isnull=False)),
    }
    for step in STEPS:
        done, due = DONE_AT[step], f"{step}_due"
        is_late = Q(**{f"{done}__gt": F(due)}) | (
            ~is_over & Q(paused_at=None, **{done: None, f"{due}__lt": now})
        )
        counts[f"{step}_kept"] = Count("pk", filter=Q(**{f"{done}__lte": F(due)}))
        counts[f"{step}_missed"] = Count("pk", filter=is_late)
    return scope.complaints.order_by().aggregate(**counts)


def count_offers(scope: Scope) -> Numbers:
    """Answers to what was put to the customers of these complaints."""
    offers = Resolution.objects.filter(
        complaint__in=scope.complaints.values("pk"), offered_at__isnull=False
    )
    return offers.order_by().aggregate(
        accepted=Count("pk", filter=Q(answer=OfferAnswer.ACCEPTED)),
        declined=Count("pk", filter=Q(answer=OfferAnswer.DECLINED)),
        made=Count("pk"),
    )


def count_incidents(scope: Scope) -> Numbers:
    costs = LossEntry.objects.counted().filter(incident=OuterRef("pk")).exclude(kind__in=RECOVERIES)
    rows = scope.incidents.order_by().annotate(is_costed=Exists(costs))
    counted = rows.aggregate(
        total=Count("pk"),
        open=Count("pk", filter=Q(closed_at=None)),
        near_misses=Count("pk", filter=Q(kind__code=NEAR_MISS)),
        uncosted=Count("pk", filter=Q(is_costed=False)),
    )
    hurt = InjuredPerson.objects.filter(incident__in=scope.incidents.values("pk"))
    return counted | {"hurt": hurt.count()}


def sum_losses(scope: Scope, things: Mapping[str, bool]) -> Numbers:
    """In yuan. `things` says of incident and complaint whether the user reads them.

    `linked` is the gross loss of what names its risk, `unregistered` of that what no risk stood for
    before it happened.
    """
    rows = _losses(scope, things).annotate(**_registered())
    gross = ~Q(kind__in=RECOVERIES)
    sums = rows.aggregate(
        gross=Sum("amount", filter=gross),
        recovered=Sum("amount", filter=~gross),
        linked=Sum("amount", filter=gross & Q(is_linked=True)),
        unregistered=Sum("amount", filter=gross & Q(is_linked=True, was_known=False)),
    )
    if sums["linked"] is not None:
        sums["unregistered"] = sums["unregistered"] or Decimal(0)
    net = None if sums["gross"] is None else sums["gross"] - (sums["recovered"] or 0)
    return sums | {"net": net}


def quarter_losses(scope: Scope, things: Mapping[str, bool]) -> list[tuple[date, Numbers]]:
    """By the first day of the quarter in which it happened or was complained about; in yuan, one query."""
    moment = Coalesce("incident__occurred_at", "complaint__received_at")
    quarter = TruncQuarter(moment, tzinfo=scope.zone)
    is_back = Q(kind__in=RECOVERIES)
    rows = _losses(scope, things).annotate(quarter=quarter).values("quarter")
    sums = rows.annotate(
        gross=Sum("amount", filter=~is_back), recovered=Sum("amount", filter=is_back)
    ).order_by("quarter")
    return [(row["quarter"].date(), row) for row in sums]


def _losses(scope: Scope, things: Mapping[str, bool]) -> LossQuerySet:
    wanted = Q(pk__in=[])
    if things["incidents"]:
        wanted |= Q(incident__in=scope.incidents.values("pk"))
    if things["complaints"]:
        wanted |= Q(complaint__in=scope.complaints.values("pk"))
    return LossEntry.objects.counted().filter(wanted).order_by()


def _registered() -> dict[str, Any]:
    of_incident = IncidentRisk.objects.filter(incident=OuterRef("incident"))
    of_complaint = ComplaintRisk.objects.filter(complaint=OuterRef("complaint"))
    is_linked = Exists(of_incident) | Exists(of_complaint)
    known = {"known_before": True}
    was_known = Exists(of_incident.filter(**known)) | Exists(of_complaint.filter(**known))
    return {"is_linked": is_linked, "was_known": was_known}


def rate_months(
    scope: Scope, things: Mapping[str, bool], *, with_orders: bool
) -> tuple[dict[int | None, Rate], dict[date, Rate]]:
    """By service line (None: without one) and by month.

    What names no line belongs to the company all the same: it counts in the rate of its month.
    """
    lines: dict[int | None, Rate] = defaultdict(Rate)
    months: dict[date, Rate] = defaultdict(Rate)
    orders = _orders(scope) if with_orders else {}
    for (line, month), done in orders.items():
        for rate in (lines[line], months[month]):
            rate.orders = (rate.orders or 0) + done
    for name, of, month, count in _happened(scope, things):
        for rate in (lines[of], months[month]):
            setattr(rate, name, getattr(rate, name) + count)
        if (of, month) in orders:
            lines[of].counted[name] += count
        if (of, month) in orders or of is None:
            months[month].counted[name] += count
    return lines, dict(sorted(months.items()))


def _happened(
    scope: Scope, things: Mapping[str, bool]
) -> Iterator[tuple[str, int | None, date, int]]:
    """What, of which line, in which month, how often."""
    for name, rows, moment in (
        ("complaints", scope.complaints, "received_at"), ("incidents", scope.incidents, "occurred_at"),
    ):  # fmt: skip
        if not things[name]:
            continue
        found = rows.order_by().values("service_line", month=TruncMonth(moment, tzinfo=scope.zone))
        for row in found.annotate(count=Count("pk")):
            yield name, row["service_line"], row["month"].date(), row["count"]


def _orders(scope: Scope) -> dict[tuple[int, date], int]:
    """Of the months that are wholly within the days: a part of a month has no orders of its own."""
    first, after = scope.whole_months
    rows = ExposureMonth.objects.filter(month__gte=first, month__lt=after)
    if scope.line is not None:
        rows = rows.filter(service_line=scope.line)
    facts = rows.order_by().values_list("service_line", "month", "orders")
    return {(line, month): orders for line, month, orders in facts}
