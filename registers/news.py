"""What the feed tells of risks, filings and checks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, Max, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registers.choices import Effectiveness, Level, RiskState, Strategy
from registers.filings import filing_url
from registers.models import ControlCheck, Risk, RiskProposal
from riskhub.accounts.models import User
from riskhub.audit.choices import Operation
from riskhub.audit.models import AuditEvent
from riskhub.oversight.feed import MOST, News

Events = QuerySet[AuditEvent]


def news_of_filings(user: User, since: datetime, until: datetime) -> list[News]:
    filed = RiskProposal.objects.visible_to(user).filter(
        submitted_at__gte=since, submitted_at__lt=until
    )
    filed = filed.select_related("submitter", "department").order_by("-submitted_at")[:MOST]
    return [
        News(
            one.submitted_at, "filings", _("was filed"), str(one),
            filing_url(user, one),
            (one.filer, one.department.name, one.get_state_display()),
        )
        for one in filed
    ]  # fmt: skip


def news_of_register(user: User, since: datetime, until: datetime) -> list[News]:
    """Put in (many at once are one thing), closed, merged, opened again.

    Neither that it was taken back in the first seconds, nor that it came again after that.
    """
    events = _events(user, since, until)
    moved = (
        events.filter(before__has_key="state")
        .filter(after__state__in=[RiskState.CLOSED, RiskState.MERGED, RiskState.IDENTIFIED])
        .exclude(before__has_key="is_undone")
    )
    words = {
        RiskState.CLOSED: _("was closed"),
        RiskState.MERGED: _("was merged into another risk"),
        RiskState.IDENTIFIED: _("was opened again"),
    }
    told = _told("register", moved, lambda event: str(words[event.after["state"]]))
    return told + _put_in(events.filter(operation=Operation.INSERT))


def news_of_levels(user: User, since: datetime, until: datetime) -> list[News]:
    """The residual level; that of a first assessment too."""
    moved = _events(user, since, until).filter(before__has_key="residual_level")
    return _told("levels", moved, _level_words)


def news_of_strategies(user: User, since: datetime, until: datetime) -> list[News]:
    """The strategy of the plan in force, old and new: chosen, changed, given up."""
    moved = _events(user, since, until).filter(before__has_key="plan_strategy")
    return _told("strategies", moved, _strategy_words)


def news_of_checks(user: User, since: datetime, until: datetime) -> list[News]:
    """Controls that were found not to work."""
    failed = ControlCheck.objects.visible_to(user).filter(
        recorded_at__gte=since, recorded_at__lt=until, effectiveness=Effectiveness.INEFFECTIVE
    )
    failed = failed.select_related("control", "done_by").order_by("-recorded_at")[:MOST]
    return [
        News(
            one.recorded_at, "checks", _("was found not to work"), str(one.control),
            one.control.get_absolute_url(), (str(one.done_by),),
        )
        for one in failed
    ]  # fmt: skip


def _events(user: User, since: datetime, until: datetime) -> Events:
    """Of the risks that this user sees; what was undone is not told."""
    seen = Risk.objects.visible_to(user).filter(
        pk=Cast(OuterRef("object_id"), BigIntegerField()), is_undone=False
    )
    table = Risk._meta.db_table
    events = AuditEvent.objects.filter(object_type=table, at__gte=since, at__lt=until)
    return events.filter(Exists(seen))


def _told(kind: str, events: Events, words: Any) -> list[News]:  # noqa: ANN401 - from an event to a text
    found = list(events.order_by("-id")[:MOST])
    risks = Risk.objects.for_list().in_bulk([int(event.object_id) for event in found])
    return [
        News(
            event.at, kind, said, str(risks[int(event.object_id)]),
            risks[int(event.object_id)].get_absolute_url(), (event.actor_name,),
        )
        for event in found
        if (said := words(event))
    ]  # fmt: skip


def _put_in(events: Events) -> list[News]:
    """Those of one transaction together; one alone by its name."""
    groups = list(
        events.order_by()
        .values("transaction_id", "actor_name")
        .annotate(count=Count("*"), last=Max("at"), key=Max("object_id"))
        .order_by("-last")[:MOST]
    )
    alone = [int(group["key"]) for group in groups if group["count"] == 1]
    risks = Risk.objects.for_list().in_bulk(alone)
    return [
        _of_one(group, risks[int(group["key"])]) if group["count"] == 1 else _of_many(group)
        for group in groups
    ]


def _of_one(group: Mapping[str, Any], risk: Risk) -> News:
    words = _("was put into the register")
    url = risk.get_absolute_url()
    return News(group["last"], "register", words, str(risk), url, (group["actor_name"],))


def _of_many(group: Mapping[str, Any]) -> News:
    count = group["count"]
    words = ngettext(
        "%(count)d risk was put into the register", "%(count)d risks were put into the register",
        count,
    ) % {"count": count}  # fmt: skip
    return News(group["last"], "register", words, meta=(group["actor_name"],))


def _level_words(event: AuditEvent) -> str:
    before, after = (
        (event.before or {}).get("residual_level"),
        (event.after or {})["residual_level"],
    )
    if after is None:
        return _("is not rated any more")
    level = {"new": Level(after).label}
    if before is None:
        return _("was first rated: %(new)s") % level
    level["old"] = Level(before).label
    if after > before:
        return _("rose from %(old)s to %(new)s") % level
    return _("fell from %(old)s to %(new)s") % level


def _strategy_words(event: AuditEvent) -> str:
    before, after = ((side or {}).get("plan_strategy") for side in (event.before, event.after))
    if before and after:
        names = {"old": Strategy(before).label, "new": Strategy(after).label}
        return _("changed its strategy from %(old)s to %(new)s") % names
    if after:
        return _("got a strategy: %(new)s") % {"new": Strategy(after).label}
    return _("gave up its strategy %(old)s") % {"old": Strategy(before).label} if before else ""
