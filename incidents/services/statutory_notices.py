"""Whoever looks into an incident is reminded of what the law asks for, and those above once it is late."""

from django.db.models import BigIntegerField, CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat, Extract, Floor
from django.utils import timezone

from incidents.incidents.permissions import KEEPERS
from incidents.models import StatutoryClock
from incidents.services.incident_notices import on_duty
from incidents.statutory.querysets import ClockQuerySet
from registers.querysets import onlookers_of
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.entry.day_words import moment, words_in_each
from riskhub.notices.services import notify
from riskhub.work.models import Work
from riskhub.work.services import owe_work

REMIND = "statutory.remind"
SOON, LATE = "soon", "late"
MOST_AT_ONCE = 500
"""A sweep that finds more owes the rest the next time."""


def derive_statutory_reminders(*, by: None = None) -> None:
    """Owe what each clock asks for, once before it is due and once after."""
    now = timezone.now()
    with acting(by, f"{REMIND}.owed"):
        for what, clocks in (
            (SOON, StatutoryClock.objects.to_remind(now)),
            (LATE, StatutoryClock.objects.late(now)),
        ):
            for pk, key in _not_owed(what, clocks):
                owe_work(REMIND, key, {"clock": pk, "what": what})


def remind_of_clock(clock: StatutoryClock, what: str, *, by: None = None) -> None:
    """Nothing where it was answered, or the incident ended meanwhile."""
    with acting(by, "notice.sent"):
        if clock.answer or clock.incident.is_over:
            return
        notify(
            _told(clock, what),
            by=by,
            kind="statutory_late" if what == LATE else "statutory_soon",
            params={
                "incident": clock.incident.code,
                "rule": words_in_each(lambda: clock.rule.name),
                "due": words_in_each(lambda: moment(clock.due_at)),
            },
            url=clock.incident.get_absolute_url(),
            dedupe=f"{REMIND}:{clock.pk}:{what}:{int(clock.due_at.timestamp())}",
        )


def _not_owed(what: str, clocks: ClockQuerySet) -> list[tuple[int, str]]:
    """(key of the clock, under which it is owed)."""
    seconds = Cast(Floor(Extract("due_at", "epoch")), BigIntegerField())
    key = Concat(
        Value(f"{REMIND}:"), Cast("pk", CharField()), Value(f":{what}:"),
        Cast(seconds, CharField()),
    )  # fmt: skip
    owed = Work.objects.filter(dedupe=OuterRef("key"))
    found = clocks.annotate(key=key).filter(~Exists(owed)).order_by("due_at", "pk")
    return list(found.values_list("pk", "key")[:MOST_AT_ONCE])


def _told(clock: StatutoryClock, what: str) -> list[User]:
    """Whoever looks into it, else its keepers; once it is late they too, and who is on duty."""
    investigator = clock.incident.investigator
    known = [investigator] if investigator and investigator.is_active else []
    above = (
        [*onlookers_of([clock.incident.department], KEEPERS)] if what == LATE or not known else []
    )
    people = [*known, *above, *(on_duty() if what == LATE else [])]
    return list({one.pk: one for one in people}.values())
