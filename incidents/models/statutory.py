"""What the law asks for after an incident, and by when: reminders, never advice."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incidents.incidents.choices import GRAVEST, LEAST, Hurt
from incidents.models.incident import Incident
from incidents.statutory.choices import Begins, ClockAnswer
from incidents.statutory.querysets import ClockQuerySet, RuleQuerySet
from riskhub.accounts.bilingual import Named, in_language
from riskhub.entry.columns import Line, Prose

_USER: Any = settings.AUTH_USER_MODEL


class StatutoryRule(Named):
    """Off until a named person confirms it; another wording has to be confirmed again.

    It applies where kind, the injured and the severity that came of it all fit; what is empty fits all.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    from_zh = Line(_("counted from, in Chinese"), max_length=200, blank=True)
    from_en = Line(_("counted from, in English"), max_length=200, blank=True)
    basis_zh = Line(_("legal basis, in Chinese"), max_length=300, blank=True)
    basis_en = Line(_("legal basis, in English"), max_length=300, blank=True)
    begins = models.CharField(_("the clock begins"), max_length=8, choices=Begins.choices)
    hours = models.PositiveIntegerField(_("hours"))
    kinds = ArrayField(
        models.CharField(max_length=40), verbose_name=_("kinds of incident"), blank=True,
        default=list,
    )  # fmt: skip
    hurt = ArrayField(
        models.CharField(max_length=8, choices=Hurt.choices), verbose_name=_("who is hurt"),
        blank=True, default=list,
    )  # fmt: skip
    least_severity = models.PositiveSmallIntegerField(_("severity at least"), null=True, blank=True)
    confirmed_by = models.ForeignKey(_USER, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    row_version = models.PositiveIntegerField(default=1)

    objects: ClassVar[RuleQuerySet] = RuleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("reminder by law")
        constraints = [
            models.CheckConstraint(name="statutory_hours_above_zero", condition=Q(hours__gt=0)),
            models.CheckConstraint(
                name="statutory_severity_one_to_five",
                condition=Q(least_severity=None) | Q(least_severity__range=(LEAST, GRAVEST)),
            ),
            models.CheckConstraint(
                name="statutory_confirmed_by_somebody",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
        ]

    @property
    def counted_from(self) -> str:
        return in_language(self.from_zh, self.from_en)

    @property
    def basis(self) -> str:
        return in_language(self.basis_zh, self.basis_en)

    @property
    def is_on(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_by_hand(self) -> bool:
        """It names nothing by which an incident would be told."""
        return not (self.kinds or self.hurt or self.least_severity)


class StatutoryClock(models.Model):
    """One rule for one incident: by when, and what was done about it."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="clocks")
    rule = models.ForeignKey(
        StatutoryRule, models.PROTECT, related_name="clocks", verbose_name=_("reminder by law")
    )
    remind_at = models.DateTimeField(_("reminder at"))
    due_at = models.DateTimeField(_("due at"))
    answer = models.CharField(
        _("answer"), max_length=14, choices=ClockAnswer.choices, blank=True, default=""
    )
    told_at = models.DateTimeField(_("reported at"), null=True, blank=True)
    told_to = Line(_("reported to"), max_length=200, blank=True)
    reason = Prose(_("why it does not apply"), max_length=500, blank=True)
    answered_by = models.ForeignKey(_USER, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder of an incident")
        constraints = [
            models.UniqueConstraint(fields=["incident", "rule"], name="clock_once_of_an_incident"),
            models.CheckConstraint(
                name="clock_reminds_before_it_is_due", condition=Q(remind_at__lte=F("due_at"))
            ),
            models.CheckConstraint(
                name="clock_answered_with_what_it_asks",
                condition=Q(answer="", answered_at=None, told_at=None)
                | (Q(answer="reported", answered_at__isnull=False, told_at__isnull=False)
                   & ~Q(told_to=""))
                | (Q(answer="not_applicable", answered_at__isnull=False, told_at=None)
                   & ~Q(reason="")),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["due_at"], name="clock_unanswered", condition=Q(answer="")),
        ]

    def __str__(self) -> str:
        return f"{self.incident.code} {self.rule.name}"
