"""An incident is sorted, looked into, answered with measures, and closed with what was behind it."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.incidents.choices import IncidentState
from incidents.models import Incident, IncidentKind
from incidents.services.statutory import start_clocks
from registers.permissions import owner_objection
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, can_move, move
from riskhub.audit.versions import lock_version


def triage_incident(
    incident: Incident,
    *,
    by: User,
    kind: IncidentKind,
    potential_severity: int,
    investigator: User,
    actual_severity: int | None = None,
    version: int | None = None,
) -> Incident:
    """What it is, how grave it is and could have been, and who looks into it."""
    with acting(by, "incident.triaged"):
        stored = lock_version(incident, version)
        if objection := owner_objection(investigator, stored.department):
            raise ValidationError({"investigator": objection})
        stored.actual_severity, stored.potential_severity = actual_severity, potential_severity
        _check_severities(stored)
        moved = move(
            incident, IncidentState.TRIAGED, kind=kind, actual_severity=actual_severity,
            potential_severity=potential_severity, investigator=investigator,
        )  # fmt: skip
        start_clocks(moved, by=by)
        return moved


def merge_incident(incident: Incident, *, by: User, same_as: Incident) -> Incident:
    """It was reported twice: the other one goes on."""
    with acting(by, "incident.merged"):
        if same_as.pk == incident.pk or same_as.state == IncidentState.DUPLICATE:
            raise ValidationError({"same_as": _("Name another incident that goes on.")})
        if incident.activations.running().exists():
            words = _("A contingency plan runs for this one: end it first.")
            raise ValidationError({"same_as": words})
        return move(incident, IncidentState.DUPLICATE, duplicate_of=same_as)


def investigate_incident(incident: Incident, *, by: User) -> Incident:
    with acting(by, "incident.investigated"):
        return move(incident, IncidentState.INVESTIGATING)


def act_on_incident(incident: Incident, *, by: User) -> Incident:
    """Its causes are known; now something is done about them."""
    with acting(by, "incident.acted_on"):
        return move(incident, IncidentState.ACTIONS)


def close_incident(incident: Incident, *, by: User, version: int | None = None) -> Incident:
    """Raises ValidationError with what is still missing, a sentence each."""
    with acting(by, "incident.closed"):
        stored = lock_version(incident, version)
        if not can_move(stored, IncidentState.CLOSED):
            raise WrongState(stored, IncidentState.CLOSED)
        if missing := missing_to_close(stored):
            raise ValidationError(missing)
        return move(incident, IncidentState.CLOSED, closed_at=timezone.now())


def missing_to_close(incident: Incident) -> list[str]:
    """A sentence each; none where it may be closed."""
    found = []
    if not incident.root_cause:
        found.append(_("Say what was behind it: the root cause is empty."))
    if not incident.risk_links.exists():
        found.append(_("Name the risk that it made real; a new one is filed first."))
    runs = incident.activations.running().select_related("plan").order_by("pk")
    ending = _("End the activation of %(plan)s with a summary.")
    found += [ending % {"plan": one.plan} for one in runs]
    words = _("Answer “%(rule)s”: reported when and to whom, or why it does not apply.")
    clocks = incident.clocks.unanswered().select_related("rule").order_by("due_at", "pk")
    found += [words % {"rule": clock.rule.name} for clock in clocks]
    return found


def _check_severities(incident: Incident) -> None:
    """Each from 1 to 5; as it could have been is no better than it came out."""
    words = _("From 1 to 5, and what could have been is at least what came of it.")
    actual, potential = incident.actual_severity, incident.potential_severity
    known = [one for one in (actual, potential) if one is not None]
    if not all(1 <= one <= 5 for one in known) or known != sorted(known):  # noqa: PLR2004 - the scale
        raise ValidationError({"potential_severity": words})
