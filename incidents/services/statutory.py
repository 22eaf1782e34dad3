"""Reminders by law: confirmed by a named person, started for the incidents to which they apply, answered."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.models import Incident, StatutoryClock, StatutoryRule
from incidents.services.lasting import lock_open
from incidents.statutory.choices import ClockAnswer
from incidents.statutory.matching import applies, due_of
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row, lock_version, save_fields
from riskhub.entry.texts import one_line, prose


def edit_rule(
    rule: StatutoryRule,
    *,
    by: User,
    version: int | None,
    **fields: Any,  # noqa: ANN401 - model fields
) -> StatutoryRule:
    """What was confirmed was another text: it is off until somebody confirms this one."""
    with acting(by, "statutory.edited"):
        stored = lock_version(rule, version)
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.confirmed_by = stored.confirmed_at = None
        stored.full_clean(validate_unique=False)
        changed = {name: getattr(stored, name) for name in fields}
        return save_fields(stored, **changed, confirmed_by=None, confirmed_at=None)


def confirm_rule(rule: StatutoryRule, *, by: User, version: int | None) -> StatutoryRule:
    """From now on it reminds; of the incidents that are open, too."""
    with acting(by, "statutory.confirmed"):
        stored = lock_version(rule, version)
        if not stored.is_on:
            stored = save_fields(stored, confirmed_by=by, confirmed_at=timezone.now())
        for incident in Incident.objects.open().select_related("kind"):
            _start(incident, [stored])
        return stored


def stop_rule(rule: StatutoryRule, *, by: User, version: int | None) -> StatutoryRule:
    """No more reminders are started; those that run are still answered."""
    with acting(by, "statutory.stopped"):
        stored = lock_version(rule, version)
        return save_fields(stored, confirmed_by=None, confirmed_at=None)


def start_clocks(incident: Incident, *, by: User | AnonymousUser) -> None:
    """Those of all confirmed rules that apply to it; what runs already follows its moments."""
    with acting(by, "statutory.started"):
        _start(incident, [*StatutoryRule.objects.confirmed()])


def start_clock(incident: Incident, *, by: User, rule: StatutoryRule) -> StatutoryClock:
    """By hand, whether or not the rule says that it applies."""
    with acting(by, "statutory.started"):
        stored = lock_open(incident)
        if not lock_row(rule).is_on:
            raise ValidationError({"rule": _("Nobody has confirmed this reminder yet.")})
        remind_at, due_at = due_of(rule, stored)
        clock, _is_new = StatutoryClock.objects.get_or_create(
            incident=stored, rule=rule, defaults={"remind_at": remind_at, "due_at": due_at}
        )
        return clock


def answer_clock(
    clock: StatutoryClock,
    *,
    by: User,
    answer: str,
    told_at: datetime | None = None,
    told_to: str = "",
    reason: str = "",
) -> StatutoryClock:
    """Reported, when and to whom; or why it does not apply. Until the incident is over it is corrected."""
    with acting(by, "statutory.answered"):
        lock_open(clock.incident)
        stored = lock_row(clock)
        is_told = answer == ClockAnswer.REPORTED
        now = timezone.now()
        stored.answer, stored.answered_by, stored.answered_at = answer, by, now
        stored.told_at = told_at if is_told else None
        stored.told_to = one_line(told_to) if is_told else ""
        stored.reason = "" if is_told else prose(reason)
        _check(stored, now)
        stored.save()
        return stored


def _start(incident: Incident, rules: list[StatutoryRule]) -> None:
    hurt = [*incident.injured.values_list("role", flat=True)] if rules else []
    for rule in rules:
        if not applies(rule, incident, hurt):
            continue
        remind_at, due_at = due_of(rule, incident)
        moments = {"remind_at": remind_at, "due_at": due_at}
        clock, is_new = StatutoryClock.objects.get_or_create(
            incident=incident, rule=rule, defaults=moments
        )
        if not is_new and clock.answer == ClockAnswer.NONE and clock.due_at != due_at:
            StatutoryClock.objects.filter(pk=clock.pk).update(**moments)


def _check(clock: StatutoryClock, now: datetime) -> None:
    faults = {}
    if clock.answer == ClockAnswer.REPORTED:
        if clock.told_at is None or clock.told_at > now:
            faults["told_at"] = _("Say when it was reported: a moment that has passed.")
        if not clock.told_to:
            faults["told_to"] = _("Say to whom it was reported.")
    elif clock.answer != ClockAnswer.NOT_APPLICABLE:
        faults["answer"] = _("Choose one of the two answers.")
    elif not clock.reason:
        faults["reason"] = _("Say why it does not apply.")
    if faults:
        raise ValidationError(faults)
    clock.clean_fields(exclude=["incident", "rule", "answered_by"])
