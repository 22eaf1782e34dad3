"""What may be sent about an incident."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from incidents.incidents.choices import (
    GRAVEST,
    LEAST,
    MOST_WHYS,
    Hurt,
    IncidentState,
    LossKind,
    LossState,
)
from incidents.models import IncidentKind
from incidents.services.incidents import Seen
from registers.models import Risk
from registers.permissions import FILERS
from registers.querysets import OWNERS, departments_of, onlookers_of
from riskhub.accounts.models import User
from riskhub.entry.days import HAPPENED
from riskhub.web.api.fields import Body, Chosen, Day, Line, Moment, OneOf, Prose

MOST_HURT = 50
NEXT_BY_PRESS = (IncidentState.INVESTIGATING, IncidentState.ACTIONS)


def _kinds(_user: User) -> QuerySet[Any]:
    return IncidentKind.objects.all()


def _departments(user: User) -> QuerySet[Any]:
    return departments_of(user, *FILERS)


def open_risks(user: User) -> QuerySet[Any]:
    return Risk.objects.visible_to(user).open()


class IncidentCreate(Body):
    text = Prose(max_length=4000)
    kind = Chosen(_kinds)
    department = Chosen(_departments)
    occurred_at = Moment(span=HAPPENED)
    place = Line(max_length=200, default="", allow_blank=True)
    order_ref = Line(max_length=100, default="", allow_blank=True)
    immediate_action = Prose(max_length=2000, default="", allow_blank=True)
    hurt = serializers.ListField(
        child=OneOf(Hurt.choices), default=list, max_length=MOST_HURT,
        help_text="One word for each injured person",
    )  # fmt: skip
    is_anonymous = serializers.BooleanField(
        default=False, help_text="Of a near miss alone; nothing keeps who sent it"
    )

    def seen(self, key: UUID) -> Seen:
        """Of a valid body."""
        return Seen(client_uuid=key, **self.validated_data)


class IncidentFiled(serializers.Serializer[Any]):
    """`receipt`: where its reporter reads it. Without a name the only way back to it, told once."""

    code = serializers.CharField()
    reported_at = serializers.DateTimeField()
    is_anonymous = serializers.BooleanField()
    receipt = serializers.CharField()


class _Investigator(Chosen):
    """Of those who may look into an incident of its department."""

    def offered(self) -> QuerySet[Any]:
        return onlookers_of([self.context["incident"].department], OWNERS)


class IncidentTriageIn(Body):
    """Severities from 1 to 5; as it came out is left out where it is not known yet."""

    kind = Chosen(_kinds)
    potential_severity = serializers.IntegerField(min_value=LEAST, max_value=GRAVEST)
    actual_severity = serializers.IntegerField(
        min_value=LEAST, max_value=GRAVEST, required=False, allow_null=True
    )
    investigator = _Investigator(lambda _user: User.objects.none(), by="username")


class IncidentAdvanceIn(Body):
    to = OneOf([(state, label) for state, label in IncidentState.choices if state in NEXT_BY_PRESS])


class IncidentAnalysisIn(Body):
    """All of it as it shall stand: what is left out is empty."""

    whys = serializers.ListField(
        child=Line(max_length=500), default=list, max_length=MOST_WHYS,
        help_text="Why, and why that; the last one is next to the root cause",
    )  # fmt: skip
    root_cause = Prose(max_length=1000, default="", allow_blank=True)
    lessons = Prose(max_length=2000, default="", allow_blank=True)


class IncidentRiskIn(Body):
    risk = Chosen(open_risks)
    known_before = serializers.BooleanField()


class IncidentReasonIn(Body):
    reason = Prose(max_length=500)


class IncidentFactIn(Body):
    at = Moment(span=HAPPENED)
    text = Prose(max_length=1000)


class IncidentLossChange(Body):
    """What is not known is not entered: empty is not 0."""

    amount = serializers.DecimalField(max_digits=14, decimal_places=2, help_text="CNY")
    booked_on = Day(span=HAPPENED)
    state = OneOf(LossState.choices, default=LossState.ESTIMATE)
    note = Prose(max_length=500, default="", allow_blank=True)


class IncidentLossIn(IncidentLossChange):
    kind = OneOf(LossKind.choices)
