"""What the page of one incident shows."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from assessments.models import Action, ResponsePlan
from assessments.told import Told, with_reason
from incidents.activations.page import runs_of
from incidents.incidents.choices import IncidentState
from incidents.incidents.permissions import (
    can_book_loss,
    can_investigate,
    can_read_incidents,
    can_respond,
    may_investigate,
)
from incidents.incidents.timeline import timeline_of
from incidents.models import Incident, IncidentRisk, StatutoryRule
from incidents.services.incident_steps import missing_to_close
from incidents.statutory.telling import clocks_told
from registers.models import Risk
from riskhub.accounts.bilingual import Named
from riskhub.accounts.models import User
from riskhub.audit.models import AuditEvent
from riskhub.audit.transitions import can_move
from riskhub.entry.day_words import moment
from riskhub.oversight.actors import actor_words
from riskhub.oversight.words import action_words

_ABOUT_IT = "incident."


NEXT: Mapping[str, tuple[str, StrPromise]] = {
    IncidentState.TRIAGED: (IncidentState.INVESTIGATING, gettext_lazy("Begin to look into it")),
    IncidentState.INVESTIGATING: (
        IncidentState.ACTIONS,
        gettext_lazy("Causes are known: begin measures"),
    ),
    IncidentState.ACTIONS: (IncidentState.CLOSED, gettext_lazy("Close the incident")),
}
"""By a button; what was just reported is sorted with a form."""


def page_of(incident: Incident, user: User) -> dict[str, Any]:
    may = can_investigate(user, incident)
    seen = Risk.objects.visible_to(user)
    links = incident.risk_links.filter(risk__in=seen).select_related("risk")
    facts = incident.timeline.select_related("author").order_by("at", "pk")
    runs = runs_of(incident, timezone.now())
    measures = incident.measures.filter(action__in=Action.objects.visible_to(user))
    to_start = StatutoryRule.objects.confirmed().exclude(clocks__incident=incident)
    others = Incident.objects.visible_to(user)
    return {
        "has_list": can_read_incidents(user),
        "incident": incident,
        "facts": facts_of(incident),
        "injured": incident.injured.order_by("pk"),
        "links": links.order_by("pk"),
        "timeline": timeline_of(facts, runs),
        "activations": runs,
        "may_respond": can_respond(user, incident),
        "losses": incident.losses.order_by("booked_on", "pk"),
        "totals": incident.losses.totals(),
        "history": history_of(incident),
        "measures": measures.select_related("action__plan", "action__owner").order_by("pk"),
        "plans": plans_of(links, user) if may else [],
        "clocks": clocks_told(incident, timezone.now()),
        "may_start_clock": may and to_start.exists(),
        "may": may,
        "may_see_names": may_investigate(user, incident),
        "may_merge": may and can_move(incident, IncidentState.DUPLICATE),
        "same_as": others.filter(duplicates=incident).first(),
        "duplicates": others.filter(duplicate_of=incident).order_by("pk"),
        "may_triage": may and can_move(incident, IncidentState.TRIAGED),
        "may_book": can_book_loss(user, incident),
        "next": NEXT.get(incident.state) if may else None,
        "missing": missing_to_close(incident) if may else [],
    }


def plans_of(links: Iterable[IncidentRisk], user: User) -> list[tuple[str, str]]:
    """(address, code) of the living response plans of its risks; of a risk without one, where it begins."""
    risks = {link.risk_id: link.risk.code for link in links}
    plans = ResponsePlan.objects.visible_to(user).live().filter(risk__in=risks)
    written = {plan.risk_id: plan.code for plan in plans}
    return [
        (reverse("assessments:plan_detail", args=[written[key]]), written[key])
        if key in written
        else (reverse("assessments:plan_create", args=[code]), code)
        for key, code in risks.items()
    ]


def facts_of(incident: Incident) -> list[tuple[str, str]]:
    """What is known besides its words, name by name; what nobody said is left out."""
    found = [
        (_("Kind"), incident.kind.name),
        (_("Happened at"), moment(incident.occurred_at)),
        (_("Written at"), moment(incident.written_at) if incident.written_at else ""),
        (_("Reported at"), moment(incident.reported_at)),
        (_("Reported by"), incident.told_by),
        (_("Department"), incident.department.name),
        (_("Service line"), _named(incident.service_line)),
        (_("Where in the service"), incident.place),
        (_("Order number"), incident.order_ref),
        (_("What was done at once"), incident.immediate_action),
        (_("Severity as it came out"), _of_five(incident.actual_severity)),
        (_("Severity as it could have been"), _of_five(incident.potential_severity)),
        (_("Looked into by"), str(incident.investigator or "")),
    ]
    return [(name, words) for name, words in found if words]


def history_of(incident: Incident) -> list[Told]:
    """Its steps, newest first; one query."""
    events = AuditEvent.objects.about(incident).filter(action__startswith=_ABOUT_IT)
    return [
        Told(
            with_reason(action_words(event), event.reason),
            [actor_words(event.actor_name), moment(event.at)],
            is_now=place == 0,
        )
        for place, event in enumerate(events)
    ]


def _of_five(severity: int | None) -> str:
    return "" if severity is None else _("%(severity)d of 5") % {"severity": severity}


def _named(row: Named | None) -> str:
    return row.name if row else ""
