"""Reminders by law in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from incidents.complaints.durations import in_words, left_in_words
from incidents.incidents.choices import Hurt
from incidents.models import Incident, IncidentKind, StatutoryClock, StatutoryRule
from incidents.statutory.choices import ClockAnswer
from riskhub.entry.day_words import moment

_DAY = 24 * 60


@dataclass(frozen=True)
class ToldRule:
    """`span`: how long; `when`: to which incidents it applies."""

    rule: StatutoryRule
    span: str
    when: str


@dataclass(frozen=True)
class ToldClock:
    clock: StatutoryClock
    words: str
    is_late: bool = False


def rules_told() -> list[ToldRule]:
    kinds = {kind.code: kind.name for kind in IncidentKind.objects.all()}
    rules = StatutoryRule.objects.select_related("confirmed_by")
    return [ToldRule(one, in_words(one.hours * 60, _DAY), _when(one, kinds)) for one in rules]


def clocks_told(incident: Incident, now: datetime) -> list[ToldClock]:
    """Those that still ask first."""
    rows = incident.clocks.select_related("rule", "answered_by").order_by("answer", "due_at", "pk")
    return [_told(clock, now) for clock in rows]


def _told(clock: StatutoryClock, now: datetime) -> ToldClock:
    if clock.answer == ClockAnswer.REPORTED:
        words = _("Reported %(at)s to %(to)s")
        return ToldClock(clock, words % {"at": moment(clock.told_at), "to": clock.told_to})
    if clock.answer == ClockAnswer.NOT_APPLICABLE:
        words = _("Does not apply: %(reason)s") % {"reason": clock.reason}
        return ToldClock(clock, words)
    left = left_in_words((clock.due_at - now).total_seconds() / 60, _DAY)
    words = _("By %(due)s, %(left)s") % {"due": moment(clock.due_at), "left": left}
    return ToldClock(clock, words, is_late=clock.due_at <= now)


def _when(rule: StatutoryRule, kinds: dict[str, str]) -> str:
    if rule.is_by_hand:
        return _("Started by hand")
    and_so = pgettext("between names", ", ")
    parts = []
    if rule.kinds:
        parts.append(and_so.join(kinds.get(code, code) for code in rule.kinds))
    if rule.hurt:
        hurt = and_so.join(str(Hurt(role).label) for role in rule.hurt)
        parts.append(_("hurt: %(who)s") % {"who": hurt})
    if rule.least_severity:
        parts.append(_("severity %(severity)d and more") % {"severity": rule.least_severity})
    return _("; ").join(parts)
