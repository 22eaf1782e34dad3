"""What is found out about an incident: its facts, its causes, the risks that became real."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.choices import ReassessmentReason
from assessments.services import Cause, open_reassessments
from incidents.incidents.choices import MOST_WHYS
from incidents.models import Incident, IncidentRisk
from incidents.services.lasting import lock_open
from incidents.services.statutory import start_clocks
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row, save_fields
from riskhub.company.preferences import company_zone
from riskhub.entry.texts import prose

DAYS_TO_ANSWER = timedelta(days=14)
FACTS = frozenset({"immediate_action", "service_line", "place", "order_ref", "occurred_at"})
"""What is corrected later; the words of whoever reported it stay."""


def edit_incident(
    incident: Incident,
    *,
    by: User,
    version: int | None,
    **facts: Any,  # noqa: ANN401 - columns, by name
) -> Incident:
    with acting(by, "incident.edited"):
        stored = lock_open(incident, version)
        for name in FACTS & facts.keys():
            setattr(stored, name, facts[name])
        stored.clean_fields()
        if stored.occurred_at > stored.reported_at:
            words = _("It was reported before that moment.")
            raise ValidationError({"occurred_at": words})
        saved = save_fields(
            stored, **{name: getattr(stored, name) for name in FACTS & facts.keys()}
        )
        start_clocks(saved, by=by)
        return saved


def analyse_incident(
    incident: Incident,
    *,
    by: User,
    whys: Sequence[str],
    root_cause: str,
    lessons: str,
    version: int | None,
) -> Incident:
    """Why, and why that, up to seven times; what was at the bottom of it, and what we learned."""
    with acting(by, "incident.analysed"):
        stored = lock_open(incident, version)
        said = [prose(why) for why in whys if prose(why)]
        if len(said) > MOST_WHYS:
            words = _("At most %(count)d steps: the last one is the root cause.")
            raise ValidationError({"whys": words % {"count": MOST_WHYS}})
        stored.whys, stored.root_cause, stored.lessons = said, prose(root_cause), prose(lessons)
        stored.clean_fields()
        return save_fields(
            stored, whys=said, root_cause=stored.root_cause, lessons=stored.lessons
        )  # fmt: skip


def link_incident_risk(
    incident: Incident, risk: Risk, *, by: User, known_before: bool
) -> IncidentRisk:
    """The risk that became real is judged again: one open task, however many incidents ask for it."""
    with acting(by, "incident_risk.linked"):
        stored = lock_open(incident)
        link, is_new = IncidentRisk.objects.get_or_create(
            incident=stored, risk=risk,
            defaults={"known_before": known_before, "confirmed_by": by},
        )  # fmt: skip
        if is_new:
            due_on = timezone.localdate(timezone=company_zone()) + DAYS_TO_ANSWER
            cause = Cause(
                risk.pk, ReassessmentReason.INCIDENT, due_on, f"incident:{stored.code}",
                label_zh=stored.code, label_en=stored.code,
            )  # fmt: skip
            open_reassessments([cause], by=by)
        return link


def correct_incident_risk(link: IncidentRisk, *, by: User, known_before: bool) -> IncidentRisk:
    """Whether it stood in the register before was answered wrongly."""
    with acting(by, "incident_risk.corrected"):
        lock_open(link.incident)
        stored = lock_row(link)
        return save_fields(stored, known_before=known_before)


def unlink_incident_risk(link: IncidentRisk, *, by: User, reason: str) -> None:
    """It was another risk. The task to judge it again stays: whoever owns the risk ends it."""
    with acting(by, "incident_risk.unlinked", prose(reason)):
        if not prose(reason):
            raise ValidationError({"reason": _("Say why: it stays in the audit log.")})
        lock_open(link.incident)
        link.delete()
