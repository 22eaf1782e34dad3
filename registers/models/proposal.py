import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registers.choices import PROPOSAL_NEXT_STATES, ProposalKind, ProposalState
from registers.models.risk import Risk
from registers.proposal_querysets import ProposalMessageQuerySet, ProposalQuerySet
from riskhub.accounts.models import Department
from riskhub.entry.columns import Line, Prose
from riskhub.search.functions import SearchVector

_IN_REGISTER = [ProposalState.ACCEPTED, ProposalState.MERGED]


class RiskProposal(models.Model):
    """What somebody saw, in their words; the risk manager decides what becomes of it.

    `client_uuid` comes with the form: the same form sent twice is one proposal. Who files without a
    name (near misses only) is nowhere kept. `written_at`: when it was sent, where the phone kept it
    until there was network.
    """

    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    text = Prose(_("what did you see or hear?"), max_length=2000)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="proposals", verbose_name=_("department")
    )
    kinds = ArrayField(
        models.CharField(max_length=10, choices=ProposalKind.choices),
        verbose_name=_("what is it?"), blank=True, default=list,
    )  # fmt: skip
    place = Line(_("where in the service?"), max_length=200, blank=True, db_default="")
    is_anonymous = models.BooleanField(_("without my name"), default=False, db_default=False)
    submitter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    submitted_at = models.DateTimeField(default=timezone.now)
    written_at = models.DateTimeField(_("written at"), null=True, blank=True, editable=False)
    lang = models.CharField(max_length=10, default="zh-hans")
    state = models.CharField(
        max_length=10, choices=ProposalState.choices, default=ProposalState.SUBMITTED
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = Prose(_("reason"), blank=True)
    risk = models.ForeignKey(Risk, models.PROTECT, null=True, blank=True, related_name="proposals")
    # The look-alike risks that stood beside it at the decision: [{"code": "R012", "share": 64}].
    similar = models.JSONField(
        default=list, db_default=models.Value([], models.JSONField()), editable=False
    )

    next_states: ClassVar[Mapping[str, frozenset[str]]] = PROPOSAL_NEXT_STATES
    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("filing")
        constraints = [
            models.CheckConstraint(name="proposal_text_not_blank", condition=~Q(text="")),
            models.CheckConstraint(
                name="proposal_written_before_submitted",
                condition=Q(written_at=None)
                | Q(written_at__lte=F("submitted_at"), is_anonymous=False),
            ),
            models.CheckConstraint(
                name="proposal_accepted_has_risk",
                condition=Q(state__in=_IN_REGISTER, risk__isnull=False)
                | (~Q(state__in=_IN_REGISTER) & Q(risk=None)),
            ),
            models.CheckConstraint(
                name="proposal_anonymous_has_no_submitter",
                condition=Q(
                    is_anonymous=True, submitter=None, kinds__contains=[ProposalKind.NEAR_MISS]
                )
                | Q(is_anonymous=False, submitter__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_declined_has_reason",
                condition=~Q(state=ProposalState.DECLINED) | ~Q(decision_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="proposal_state"),
            GinIndex(SearchVector("text"), name="proposal_words"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def answered_at(self) -> datetime | None:
        """When it was decided, or sent back with the question that is open; None while it waits."""
        if self.state == ProposalState.NEED_INFO:
            question = self.messages.order_by("pk").last()
            return question.said_at if question else None
        return self.decided_at

    @property
    def answered_by(self) -> Any:  # noqa: ANN401 - a user or None
        """Who did what `answered_at` tells the moment of."""
        if self.state == ProposalState.NEED_INFO:
            question = self.messages.order_by("pk").last()
            return question.author if question else None
        return self.decided_by

    @property
    def filer(self) -> str:
        """Who told it, in words."""
        return str(self.submitter) if self.submitter else gettext("without a name")

    @property
    def kind_words(self) -> list[str]:
        return [str(ProposalKind(kind).label) for kind in self.kinds]


class ProposalMessage(models.Model):
    """A question of the risk manager to the person who filed, or the answer; stays as it was said.

    Who filed without a name answers without one.
    """

    proposal = models.ForeignKey(RiskProposal, models.PROTECT, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = Prose(_("message"), max_length=2000)
    said_at = models.DateTimeField(default=timezone.now)

    objects = ProposalMessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="proposal_message_not_blank", condition=~Q(text=""))
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def speaker(self) -> str:
        """Who says it, in words."""
        return str(self.author) if self.author else gettext("without a name")
