"""What is said about a complaint, what is offered, and the risks that it makes real."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incidents.choices import Direction, OfferAnswer, OfferKind
from incidents.complaints.querysets import (
    ComplaintLinkQuerySet,
    MessageQuerySet,
    OfferQuerySet,
)
from incidents.models.complaint import Complaint
from registers.models import Risk
from riskhub.entry.columns import Prose

_USER: Any = settings.AUTH_USER_MODEL


class ComplaintMessage(models.Model):
    """Stays as it was said. What is internal no customer reads."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="messages")
    direction = models.CharField(max_length=8, choices=Direction.choices)
    author = models.ForeignKey(_USER, models.PROTECT, null=True, blank=True, related_name="+")
    text = Prose(_("message"), max_length=2000)
    at = models.DateTimeField(default=timezone.now)
    client_uuid = models.UUIDField(unique=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message about a complaint")
        constraints = [
            models.CheckConstraint(name="complaint_message_not_blank", condition=~Q(text="")),
            models.CheckConstraint(
                name="complaint_message_from_customer_has_no_author",
                condition=Q(direction=Direction.IN, author=None)
                | (~Q(direction=Direction.IN) & Q(author__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["complaint", "id"], name="complaint_message_of")]

    def __str__(self) -> str:
        return self.text[:60]


class Resolution(models.Model):
    """An offer to the customer. Above the authority of whoever makes it another person approves it first.

    `amount` in yuan, None where no money is offered; `authority_limit` as it stood when it was made.
    """

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="offers")
    kind = models.CharField(_("kind"), max_length=12, choices=OfferKind.choices)
    text = Prose(_("what we offer"), max_length=1000)
    amount = models.DecimalField(
        _("amount, CNY"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    authority_limit = models.DecimalField(max_digits=12, decimal_places=2)
    made_by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(_USER, models.PROTECT, null=True, blank=True, related_name="+")
    offered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=8, choices=OfferAnswer.choices, default=OfferAnswer.NONE)
    answer_text = Prose(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    fulfilled_at = models.DateTimeField(null=True, blank=True)
    client_uuid = models.UUIDField(unique=True)
    row_version = models.PositiveIntegerField(default=1)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        constraints = [
            models.CheckConstraint(name="offer_text_not_blank", condition=~Q(text="")),
            models.CheckConstraint(
                name="offer_amount_above_zero", condition=Q(amount=None) | Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="offer_approved_by_another",
                condition=Q(approved_by=None) | ~Q(approved_by=F("made_by")),
            ),
            models.CheckConstraint(
                name="offer_above_authority_is_approved_first",
                condition=Q(offered_at=None)
                | Q(amount=None)
                | Q(amount__lte=F("authority_limit"))
                | Q(approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="offer_answered_once_it_was_made",
                condition=Q(answer=OfferAnswer.NONE, answered_at=None)
                | Q(answer=OfferAnswer.REVOKED, answered_at__isnull=False)
                | (
                    ~Q(answer__in=(OfferAnswer.NONE, OfferAnswer.REVOKED))
                    & Q(offered_at__isnull=False, answered_at__gte=F("offered_at"))
                ),
            ),
            models.CheckConstraint(
                name="offer_fulfilled_once_it_was_accepted",
                condition=Q(fulfilled_at=None) | Q(answer=OfferAnswer.ACCEPTED),
            ),
            models.UniqueConstraint(
                name="offer_one_open_of_a_complaint", fields=["complaint"],
                condition=Q(answer=OfferAnswer.NONE),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def needs_approval(self) -> bool:
        """Whether it waits for another person before the customer sees it."""
        is_above = self.amount is not None and self.amount > self.authority_limit
        return is_above and self.approved_by_id is None and self.is_open

    @property
    def is_open(self) -> bool:
        """Nobody has answered it, and it was not taken back."""
        return self.answer == OfferAnswer.NONE


class ComplaintRisk(models.Model):
    """The risk that a complaint makes real. Only what somebody confirmed counts."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="risk_links")
    risk = models.ForeignKey(Risk, models.PROTECT, related_name="complaint_links")
    known_before = models.BooleanField(_("stood in the register before"))
    confirmed_by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(default=timezone.now)

    objects = ComplaintLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "risk"], name="complaint_risk_once")
        ]

    def __str__(self) -> str:
        return f"{self.complaint.code} {self.risk}"
