import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Least
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incidents.choices import COMPLAINT_NEXT_STATES, OVER, Channel, ComplaintState, Trouble, Wish
from incidents.complaints.querysets import ComplaintQuerySet
from incidents.models.categories import ComplaintCategory
from incidents.models.elsewhere import Elsewhere, Standing, once_from_elsewhere
from incidents.models.severity import Severity
from registers.models import ServiceLine
from riskhub.accounts.models import Department
from riskhub.entry.columns import Line, Prose
from riskhub.personal.columns import Sealed

_CONTACT = ("contact_name", "contact_phone", "contact_email", "contact_address")


class Complaint(Elsewhere):
    """What a customer says went wrong, how fast it has to be answered, and what became of it.

    `client_uuid` comes with the form. Of the secret only a hash is kept; of the contact, tokens and hashes
    by which the same person is found again, both gone once it is anonymised.
    """

    code = models.CharField(_("number"), max_length=20, unique=True)
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    secret_hash = models.CharField(max_length=64, blank=True)
    channel = models.CharField(_("channel"), max_length=13, choices=Channel.choices)
    text = Prose(_("what happened?"), max_length=4000)
    troubles = ArrayField(
        models.CharField(max_length=8, choices=Trouble.choices), verbose_name=_("is this so?"),
        blank=True, default=list,
    )  # fmt: skip
    order_ref = Line(_("order"), max_length=100, blank=True)
    service_line = models.ForeignKey(
        ServiceLine, models.PROTECT, null=True, blank=True, related_name="complaints",
        verbose_name=_("service line"),
    )  # fmt: skip
    wish = models.CharField(_("what should we do?"), max_length=7, choices=Wish.choices, blank=True)
    wish_text = Prose(_("in your words"), max_length=1000, blank=True)
    contact_name = Sealed(_("name"), blank=True)
    contact_phone = Sealed(_("telephone"), blank=True)
    contact_email = Sealed(_("mail address"), blank=True)
    contact_address = Sealed(_("address"), blank=True)
    contact_hashes = ArrayField(models.CharField(max_length=64), blank=True, default=list)
    lang = models.CharField(max_length=10, default="zh-hans")
    category = models.ForeignKey(
        ComplaintCategory, models.PROTECT, null=True, blank=True, related_name="complaints",
        verbose_name=_("category"),
    )  # fmt: skip
    severity = models.ForeignKey(
        Severity, models.PROTECT, related_name="complaints", verbose_name=_("severity")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="complaints",
        verbose_name=_("department"),
    )  # fmt: skip
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True,
        related_name="complaints", verbose_name=_("handled by"),
    )  # fmt: skip
    repeat_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="repeats",
        verbose_name=_("repeats"),
    )  # fmt: skip
    state = models.CharField(
        _("status"), max_length=13, choices=ComplaintState.choices,
        default=ComplaintState.RECEIVED,
    )  # fmt: skip
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    first_contact_due = models.DateTimeField(_("first contact due"))
    first_contact_at = models.DateTimeField(_("first contact at"), null=True, blank=True)
    offer_due = models.DateTimeField(_("offer due"))
    offer_at = models.DateTimeField(_("offer at"), null=True, blank=True)
    close_due = models.DateTimeField(_("closing due"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    reopened_at = models.DateTimeField(_("taken up again at"), null=True, blank=True)
    """The last time; its closing is counted from then."""
    next_due = models.GeneratedField(
        expression=Least(
            Case(When(first_contact_at=None, then=F("first_contact_due"))),
            Case(When(offer_at=None, then=F("offer_due"))),
            F("close_due"),
        ),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    """Of the clocks that still run the one that ends first."""
    paused_at = models.DateTimeField(_("waits for the customer since"), null=True, blank=True)
    paused_minutes = models.PositiveIntegerField(default=0)
    root_cause = Prose(_("root cause"), max_length=1000, blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction, 1 to 5"), null=True, blank=True
    )
    closed_reason = Prose(_("why it ended"), max_length=1000, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1)

    next_states: ClassVar[Mapping[str, frozenset[str]]] = COMPLAINT_NEXT_STATES
    objects = Standing.from_queryset(ComplaintQuerySet)()

    class Meta:
        verbose_name = _("complaint")
        constraints = [
            models.CheckConstraint(name="complaint_text_not_blank", condition=~Q(text="")),
            models.CheckConstraint(
                name="complaint_contact_not_before_it_came",
                condition=Q(first_contact_at=None) | Q(first_contact_at__gte=F("received_at")),
            ),
            models.CheckConstraint(
                name="complaint_due_in_order",
                condition=Q(
                    first_contact_due__gt=F("received_at"),
                    offer_due__gte=F("first_contact_due"),
                    close_due__gte=F("offer_due"),
                ),
            ),
            models.CheckConstraint(
                name="complaint_over_has_its_moment",
                condition=Q(state__in=OVER, closed_at__isnull=False)
                | (~Q(state__in=OVER) & Q(closed_at=None)),
            ),
            models.CheckConstraint(
                name="complaint_closed_with_offer_or_reason",
                condition=~Q(state__in=OVER) | Q(offer_at__isnull=False) | ~Q(closed_reason=""),
            ),
            models.CheckConstraint(
                name="complaint_anonymised_has_no_contact",
                condition=Q(anonymised_at=None)
                | Q(contact_hashes=[], **dict.fromkeys(_CONTACT, "")),
            ),
            models.CheckConstraint(
                name="complaint_satisfaction_one_to_five",
                condition=Q(satisfaction=None) | Q(satisfaction__range=(1, 5)),
            ),
            models.CheckConstraint(
                name="complaint_not_its_own_repeat",
                condition=Q(repeat_of=None) | ~Q(repeat_of=F("pk")),
            ),
            *once_from_elsewhere("complaint"),
        ]
        indexes = [
            models.Index(
                fields=["next_due", "id"],
                name="complaint_next_due",
                condition=~Q(state__in=OVER),
            ),
            models.Index(
                fields=["handler", "next_due"],
                name="complaint_of_handler",
                condition=~Q(state__in=OVER),
            ),
            GinIndex(fields=["contact_hashes"], name="complaint_contact"),
            models.Index(
                fields=["order_ref"], name="complaint_order", condition=~Q(order_ref="")
            ),
            models.Index(
                fields=["closed_at"], name="complaint_not_forgotten", condition=Q(anonymised_at=None)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} {self.text[:40]}"

    def get_absolute_url(self) -> str:
        return reverse("incidents:complaint_detail", args=[self.code])

    @property
    def is_over(self) -> bool:
        return self.state in OVER
