from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.choices import ACTION_NEXT_STATES, ActionState
from assessments.models.plan import ResponsePlan
from assessments.querysets import ActionQuerySet
from registers.models import Control
from riskhub.accounts.models import Department
from riskhub.entry.columns import Line, Prose
from riskhub.search.functions import SearchVector


class Action(models.Model):
    """A step of a plan in force, known by its `key` in the content; progress lives only here."""

    plan = models.ForeignKey(ResponsePlan, models.PROTECT, related_name="actions")
    key = models.CharField(max_length=36)
    title = Line(_("action"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="actions",
        verbose_name=_("owner"),
    )
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    due_on = models.DateField(_("due"))
    state = models.CharField(
        _("status"), max_length=9, choices=ActionState.choices, default=ActionState.OPEN
    )
    note = Prose(_("what was done"), blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("done by"),
    )  # fmt: skip
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("verified by"),
    )  # fmt: skip
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    reopened_reason = Prose(_("why it is open again"), blank=True, default="", db_default="")
    control = models.ForeignKey(
        Control, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("control that it changes"),
    )  # fmt: skip
    every_days = models.PositiveSmallIntegerField(
        _("then checked every (days)"), null=True, blank=True
    )
    row_version = models.PositiveIntegerField(default=1)

    next_states: ClassVar[Mapping[str, frozenset[str]]] = ACTION_NEXT_STATES
    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="action_once_per_plan"),
            models.CheckConstraint(
                name="action_verified_by_another",
                condition=Q(verified_by=None) | ~Q(verified_by=F("done_by")),
            ),
            models.CheckConstraint(
                name="action_verified_whole",
                condition=~Q(state=ActionState.VERIFIED) | Q(verified_by__isnull=False),
            ),
            models.CheckConstraint(
                name="action_done_has_note",
                condition=~Q(state__in=[ActionState.DONE, ActionState.VERIFIED]) | ~Q(note=""),
            ),
        ]
        indexes = [GinIndex(SearchVector("title"), name="action_words")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_pending(self) -> bool:
        return self.state in (ActionState.OPEN, ActionState.DOING)
