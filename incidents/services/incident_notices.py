"""Who hears of an incident, in the transaction that keeps it."""

from django.db.models import Q
from django.urls import reverse

from incidents.incidents.permissions import KEEPERS
from incidents.models import ContingencyActivation, Incident
from registers.querysets import onlookers_of
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.company.preferences import preference
from riskhub.entry.day_words import words_in_each
from riskhub.notices.services import notify

_SHOWN = 60


def tell_incident(incident: Incident, *, is_hurt: bool, by: User | None) -> None:
    """Its risk managers and the head of its department; of somebody hurt the duty manager first.

    Where no duty manager is set, the risk managers and the head hear of that at once.
    """
    with acting(by, "notice.sent"):
        keepers = onlookers_of([incident.department], KEEPERS)
        alarmed = (on_duty() or list(keepers)) if is_hurt else []
        told = Q(pk__in=[one.pk for one in alarmed] + ([by.pk] if by else []))
        for people, kind in (
            (alarmed, "incident_hurt"),
            (list(keepers.exclude(told)), "incident_reported"),
        ):
            notify(
                people,
                by=by,
                kind=kind,
                params={"incident": incident.code, "text": incident.text[:_SHOWN]},
                url=incident.get_absolute_url(),
                dedupe=f"incident:{incident.pk}",
            )


def tell_activated(activation: ContingencyActivation, *, by: User) -> None:
    """Those whom the plan names, the keepers and whoever is on duty; not whoever pressed the button."""
    with acting(by, "notice.sent"):
        incident, version = activation.incident, activation.version
        named = [one for one in (version.responsible, version.deputy) if one and one.is_active]
        keepers = onlookers_of([incident.department], KEEPERS)
        people = {one.pk: one for one in (*named, *on_duty(), *keepers) if one.pk != by.pk}
        notify(
            people.values(),
            by=by,
            kind="contingency_activated",
            params={
                "incident": incident.code,
                "plan": activation.plan.code,
                "title": words_in_each(lambda: activation.plan.name),
            },
            url=reverse("incidents:response_detail", args=[incident.code]),
            dedupe=f"activation:{activation.pk}",
        )


def on_duty() -> list[User]:
    return list(User.objects.active().filter(pk=preference("duty_manager")))
