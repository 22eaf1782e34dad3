"""What the API tells of an incident; of the injured who they are to us, and no name."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from incidents.incidents.choices import Hurt, IncidentState, LossKind, LossState
from incidents.models import Incident
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.web.api.preconditions import versioned


class IncidentOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    kind = serializers.CharField(source="kind.code")
    state = serializers.ChoiceField(IncidentState.choices)
    department = serializers.CharField(source="department.code")
    service_line = serializers.CharField(source="service_line.code", allow_null=True, default=None)
    text = serializers.CharField()
    place = serializers.CharField()
    order_ref = serializers.CharField()
    immediate_action = serializers.CharField()
    occurred_at = serializers.DateTimeField()
    reported_at = serializers.DateTimeField()
    reporter = serializers.CharField(source="reporter.username", allow_null=True, default=None)
    actual_severity = serializers.IntegerField(allow_null=True)
    potential_severity = serializers.IntegerField(allow_null=True)
    investigator = serializers.CharField(
        source="investigator.username", allow_null=True, default=None
    )
    root_cause = serializers.CharField()
    lessons = serializers.CharField()
    closed_at = serializers.DateTimeField(allow_null=True)
    source = serializers.CharField(  # type: ignore[assignment]  # the framework's own is set per field
        help_text="The system that it comes from; empty for what came in here"
    )
    external_id = serializers.CharField()


class IncidentRiskOut(serializers.Serializer[Any]):
    """The risk that it made real, of those that the reader sees."""

    number = serializers.IntegerField(source="pk")
    risk = serializers.CharField(source="risk.code")
    known_before = serializers.BooleanField(help_text="Whether it stood in the register before")


class IncidentFactOut(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="pk")
    at = serializers.DateTimeField()
    text = serializers.CharField()
    author = serializers.CharField(source="author.username")
    withdrawn_reason = serializers.CharField(
        help_text="Why it was taken back; empty while it holds"
    )


class IncidentLossOut(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="pk")
    kind = serializers.ChoiceField(LossKind.choices)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, help_text="CNY")
    state = serializers.ChoiceField(LossState.choices)
    booked_on = serializers.DateField()
    note = serializers.CharField()
    withdrawn_reason = serializers.CharField(
        help_text="Why it was taken back; empty while it counts"
    )


class IncidentTotalsOut(serializers.Serializer[Any]):
    """In CNY; null where nothing is known, which is not 0."""

    gross = serializers.DecimalField(max_digits=16, decimal_places=2, allow_null=True)
    recovered = serializers.DecimalField(max_digits=16, decimal_places=2, allow_null=True)
    net = serializers.DecimalField(max_digits=16, decimal_places=2, allow_null=True)


class IncidentWhole(IncidentOut):
    """With what was found out."""

    whys = serializers.ListField(child=serializers.CharField())
    duplicate_of = serializers.CharField(
        allow_null=True, help_text="The one that goes on, where the reader sees it"
    )
    hurt = serializers.ListField(
        child=serializers.ChoiceField(Hurt.choices), help_text="One word for each injured person"
    )
    risks = IncidentRiskOut(many=True)
    facts = IncidentFactOut(many=True)
    losses = IncidentLossOut(many=True)
    totals = IncidentTotalsOut()


def incidents_out(incidents: Sequence[Incident]) -> Sequence[Any]:
    return list(IncidentOut(incidents, many=True).data)


def answer_incident(incident: Incident, user: User, status: int = 200) -> Response:
    """As it stands now; 204 where it went to those whose incidents this reader does not see."""
    stored = Incident.objects.visible_to(user).for_page().filter(pk=incident.pk).first()
    if stored is None:
        return Response(status=204)
    return versioned(_whole(stored, user), stored, status)


def _whole(incident: Incident, user: User) -> dict[str, Any]:
    links = incident.risk_links.filter(risk__in=Risk.objects.visible_to(user))
    facts = incident.timeline.select_related("author").order_by("at", "pk")
    losses = incident.losses.order_by("booked_on", "pk")
    same_as = Incident.objects.visible_to(user).filter(duplicates=incident).first()
    return {
        **IncidentOut(incident).data,
        "whys": incident.whys,
        "duplicate_of": same_as.code if same_as else None,
        "hurt": [*incident.injured.order_by("pk").values_list("role", flat=True)],
        "risks": IncidentRiskOut(links.select_related("risk").order_by("pk"), many=True).data,
        "facts": IncidentFactOut(facts, many=True).data,
        "losses": IncidentLossOut(losses, many=True).data,
        "totals": IncidentTotalsOut(incident.losses.totals()).data,
    }
