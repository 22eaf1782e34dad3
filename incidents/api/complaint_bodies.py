"""What may be sent about a complaint."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from assessments.api.assessment_bodies import visible_risks
from incidents.choices import Channel, ClauseOutcome, ComplaintState, OfferKind, Trouble, Wish
from incidents.complaints.contact import Contact, phone_fault
from incidents.complaints.known import known_before
from incidents.models import Complaint, ComplaintCategory, Severity
from incidents.permissions import HANDLERS
from incidents.services import Told
from incidents.services.handling import ENDS
from registers.models import ContractClause, ServiceLine
from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User
from riskhub.entry.days import HAPPENED
from riskhub.web.api.fields import Body, Chosen, Line, Moment, OneOf, Prose

MOST_RISKS = 20
ENDINGS = [(end, label) for end, label in ComplaintState.choices if end in ENDS]


def kinds_of_complaints(_user: User) -> QuerySet[Any]:
    """Kinds, not the groups above them."""
    return ComplaintCategory.objects.exclude(parent=None)


def lines_in_use(_user: User) -> QuerySet[Any]:
    return ServiceLine.objects.filter(is_active=True)


def clauses_in_use(_user: User) -> QuerySet[Any]:
    return ContractClause.objects.active()


def _departments(_user: User) -> QuerySet[Any]:
    return Department.objects.active()


def _handlers(_user: User) -> QuerySet[Any]:
    return User.objects.active().holding(*HANDLERS, Role.DEPARTMENT_HEAD)


def _severities(_user: User) -> QuerySet[Any]:
    return Severity.objects.all()


class ComplaintContactIn(Body):
    """Kept sealed; what is answered is masked."""

    name = Line(max_length=100, default="", allow_blank=True)
    phone = Line(max_length=40, default="", allow_blank=True)
    email = serializers.EmailField(max_length=200, default="", allow_blank=True)
    address = Line(max_length=200, default="", allow_blank=True)

    def validate_phone(self, phone: str) -> str:
        if fault := phone_fault(phone):
            raise serializers.ValidationError(fault)
        return phone


class ComplaintCreate(Body):
    """`received_at` is when the customer said it: the clocks count from then. Without one it is now."""

    text = Prose(max_length=4000)
    channel = OneOf([one for one in Channel.choices if one[0] != Channel.WEB_FORM])
    received_at = Moment(span=HAPPENED, required=False, allow_null=True)
    troubles = serializers.ListField(
        child=OneOf(Trouble.choices), default=list, max_length=len(Trouble.choices)
    )
    order_ref = Line(max_length=100, default="", allow_blank=True)
    service_line = Chosen(lines_in_use, required=False, allow_null=True)
    wish = OneOf(Wish.choices, default="", allow_blank=True)
    wish_text = Line(max_length=1000, default="", allow_blank=True)
    contact = ComplaintContactIn(required=False)
    lang = OneOf(settings.LANGUAGES, required=False)

    def told(self, key: Any) -> Told:  # noqa: ANN401 - a UUID
        """Of a valid body."""
        sent = {**self.validated_data}
        sent.pop("received_at", None)
        return Told(client_uuid=key, contact=Contact(**sent.pop("contact", {})), **sent)


class ComplaintFiled(serializers.Serializer[Any]):
    """For the customer: with number and secret they follow it at /track. Told to whoever writes it down."""

    code = serializers.CharField()
    secret = serializers.CharField()
    received_at = serializers.DateTimeField()
    first_contact_due = serializers.DateTimeField()


class ComplaintTriageIn(Body):
    """What is left out stays as it is."""

    category = Chosen(kinds_of_complaints, required=False, allow_null=True)
    severity = Chosen(_severities, required=False)
    service_line = Chosen(lines_in_use, required=False, allow_null=True)
    department = Chosen(_departments, required=False, allow_null=True)
    handler = Chosen(_handlers, by="username", required=False, allow_null=True)


class ComplaintSpokenIn(Body):
    text = Prose(max_length=2000)
    at = Moment(span=HAPPENED, required=False, allow_null=True, help_text="Without one: just now")


class ComplaintNoteIn(Body):
    text = Prose(max_length=2000)


class ComplaintReasonIn(Body):
    reason = Prose(max_length=1000)


class ComplaintEndIn(Body):
    state = OneOf(ENDINGS)
    reason = Prose(max_length=1000)


class ComplaintCloseIn(Body):
    """Known before is each risk that stood in the register when the complaint came."""

    root_cause = Prose(max_length=1000)
    risks = serializers.ListField(child=Chosen(visible_risks), max_length=MOST_RISKS)
    category = Chosen(
        kinds_of_complaints, required=False, allow_null=True, help_text="Where it has none yet"
    )

    clause = Chosen(
        clauses_in_use, required=False, allow_null=True,
        help_text="Of the contract, where the dispute turned on one; with its outcome",
    )  # fmt: skip
    clause_outcome = OneOf(ClauseOutcome.choices, required=False)

    default_error_messages = {"half": _("Send the clause together with its outcome.")}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if bool(attrs.get("clause")) != bool(attrs.get("clause_outcome")):
            self.fail("half")
        return attrs

    def facts(self, complaint: Complaint) -> dict[str, Any]:
        """As `close_complaint` takes them."""
        sent = {**self.validated_data}
        sent["risks"] = {risk: known_before(risk, complaint) for risk in sent["risks"]}
        return sent


class ComplaintOfferIn(Body):
    kind = OneOf(OfferKind.choices)
    text = Prose(max_length=1000, help_text="As the customer reads it")
    amount = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=Decimal("0.01"), required=False,
        allow_null=True, help_text="CNY; left out where no money is offered",
    )  # fmt: skip


class OfferNamedIn(Body):
    """`offer` is the number that was read."""

    offer = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class OfferRevokeIn(OfferNamedIn):
    reason = Prose(max_length=1000)


class OfferAnswerIn(OfferNamedIn):
    accepted = serializers.BooleanField()
    text = Prose(max_length=1000, default="", allow_blank=True, help_text="In their words")


class KnownBeforeIn(Body):
    known_before = serializers.BooleanField()
