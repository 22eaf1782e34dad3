"""What people do when it happens: triggers, who is responsible, and timed steps."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import CharField, F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.contingency.choices import (
    VERSION_NEXT_STATES,
    DrillEvery,
    DrillKind,
    Feasibility,
    VersionState,
)
from assessments.contingency.feasibility import feasibility_of
from assessments.contingency.querysets import ContingencyPlanQuerySet
from registers.models import Risk
from riskhub.accounts.bilingual import Named, in_language
from riskhub.accounts.models import Department
from riskhub.entry.columns import Line, Prose

MOST_MINUTES = 30 * 24 * 60
_CODE = Func(F("number"), function="public.contingency_code", output_field=CharField())


class ContingencyPlan(Named):
    """Known by its code; what it says stands in its versions, of which one is in force at most.

    Those of the library keep their number where it is free; the company's own begin at CP-101.
    `card_key` is the address of the card that opens without signing in, while it is public.
    """

    number = models.PositiveIntegerField(unique=True, editable=False)
    code = models.GeneratedField(
        expression=_CODE, output_field=models.CharField(max_length=14), db_persist=True, unique=True
    )
    client_uuid = models.UUIDField(null=True, unique=True, editable=False)
    library_code = models.CharField(max_length=20, blank=True, default="", editable=False)
    owner_department = models.ForeignKey(
        Department, models.PROTECT, related_name="contingency_plans",
        verbose_name=_("responsible department"),
    )  # fmt: skip
    drill_months = models.PositiveSmallIntegerField(
        _("drilled"), choices=DrillEvery.choices, default=DrillEvery.YEAR
    )
    card_public = models.BooleanField(_("card without signing in"), default=False)
    card_key = models.UUIDField(default=uuid4, unique=True, editable=False)
    risks = models.ManyToManyField(Risk, through="ContingencyRisk", related_name="+")
    row_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = ContingencyPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("contingency plan")
        constraints = [
            models.CheckConstraint(name="contingency_number_positive", condition=Q(number__gt=0)),
            models.CheckConstraint(name="contingency_name_not_blank", condition=~Q(name_zh="")),
            models.CheckConstraint(
                name="contingency_drilled_in_time", condition=Q(drill_months__in=DrillEvery.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:contingency_detail", args=[self.code])

    @property
    def in_force(self) -> "ContingencyVersion | None":
        return self._version(VersionState.IN_FORCE)

    @property
    def draft(self) -> "ContingencyVersion | None":
        return self._version(VersionState.DRAFT)

    @property
    def shown(self) -> "ContingencyVersion | None":
        """What people act by; before the first version is in force its draft, at the end the last one."""
        return self.in_force or self.draft or self.versions.last()

    def version_on(self, day: date) -> "ContingencyVersion | None":
        """By which people acted on that day; of two that came into force on it, the later one."""
        begun = self.versions.filter(in_force_from__lte=day)
        return begun.order_by("in_force_from", "number").last()

    @property
    def state(self) -> str:
        if self.in_force:
            return VersionState.IN_FORCE
        return VersionState.DRAFT if self.draft else VersionState.RETIRED

    @property
    def feasibility(self) -> Feasibility | None:
        """None where nobody acts by it: there is nothing to prove."""
        return self.feasibility_on(timezone.localdate()) if self.in_force else None

    def feasibility_on(self, today: date) -> Feasibility:
        """Of a plan `with_drills()`."""
        facts: Any = self
        return feasibility_of(facts.last_result, facts.proves_until, facts.drill_on, today)

    def _version(self, state: str) -> "ContingencyVersion | None":
        """From the versions that `for_list` has read along, else from the database."""
        known: list[ContingencyVersion] | None = vars(self).get("live_versions")
        if known is None:
            return self.versions.filter(state=state).first()
        return next((one for one in known if one.state == state), None)


class ContingencyVersion(models.Model):
    """What was written at one time. Only a draft changes; the version in force stays as it was read."""

    plan = models.ForeignKey(ContingencyPlan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        _("state"), max_length=8, choices=VersionState.choices, default=VersionState.DRAFT
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("responsible person"),
    )  # fmt: skip
    responsible_department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("responsible in an emergency"),
    )  # fmt: skip
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("deputy"),
    )  # fmt: skip
    deputy_department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("deputy department"),
    )  # fmt: skip
    contacts = Prose(_("contacts"), blank=True, max_length=2000)
    drill_kind = models.CharField(
        _("kind of drill"), max_length=8, choices=DrillKind.choices, default=DrillKind.TABLETOP
    )
    scenario_zh = Prose(_("scenario in Chinese"), blank=True, max_length=2000)
    scenario_en = Prose(_("scenario in English"), blank=True, max_length=2000)
    target_zh = Line(_("what is timed, in Chinese"), max_length=200, blank=True)
    target_en = Line(_("what is timed, in English"), max_length=200, blank=True)
    target_minutes = models.PositiveIntegerField(
        _("within so many minutes"), null=True, blank=True,
        validators=[MaxValueValidator(MOST_MINUTES)],
    )  # fmt: skip
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("written by"),
    )  # fmt: skip
    created_at = models.DateTimeField(default=timezone.now)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    retired_reason = Prose(_("why it is retired"), blank=True)

    next_states: ClassVar[Mapping[str, frozenset[str]]] = VERSION_NEXT_STATES

    class Meta:
        verbose_name = _("version of a contingency plan")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="contingency_version_once"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state=VersionState.IN_FORCE),
                name="contingency_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state=VersionState.DRAFT), name="contingency_one_draft"
            ),
            models.CheckConstraint(
                name="contingency_version_state_known",
                condition=Q(state__in=VersionState.values),
            ),
            models.CheckConstraint(
                name="contingency_in_force_from_a_day",
                condition=~Q(state=VersionState.IN_FORCE) | Q(in_force_from__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.plan.code} v{self.number}"

    @property
    def scenario(self) -> str:
        return in_language(self.scenario_zh, self.scenario_en)

    @property
    def target(self) -> str:
        return in_language(self.target_zh, self.target_en)

    @property
    def in_charge(self) -> str:
        return _either(self.responsible, self.responsible_department)

    @property
    def in_reserve(self) -> str:
        return _either(self.deputy, self.deputy_department)


class ContingencyTrigger(models.Model):
    """When people begin to act by the plan. `indicator_code` names an indicator that pulls it."""

    version = models.ForeignKey(ContingencyVersion, models.CASCADE, related_name="triggers")
    seq = models.PositiveSmallIntegerField()
    text_zh = Line(_("trigger"), max_length=300, blank=True)
    text_en = Line(_("trigger in English"), max_length=300, blank=True)
    indicator_code = models.CharField(_("indicator"), max_length=20, blank=True, default="")

    class Meta:
        verbose_name = _("trigger of a contingency plan")
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["version", "seq"], name="contingency_trigger_once"),
            models.CheckConstraint(
                name="contingency_trigger_not_blank", condition=~Q(text_zh="", text_en="")
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_language(self.text_zh, self.text_en)


def said_actor(who: str, department: Department | None) -> str:
    """In the active language: whom the step names, else its department, else whoever is there."""
    if who:
        return who
    return department.name if department else str(_("Staff on the spot"))


class ContingencyStep(models.Model):
    """Who does what, so many minutes after it has happened. Without anybody: whoever is there."""

    version = models.ForeignKey(ContingencyVersion, models.CASCADE, related_name="steps")
    seq = models.PositiveSmallIntegerField()
    minute = models.PositiveIntegerField(_("minute"), validators=[MaxValueValidator(MOST_MINUTES)])
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("department"),
    )  # fmt: skip
    who = Line(_("who"), max_length=100, blank=True)
    text_zh = Line(_("what to do"), max_length=300, blank=True)
    text_en = Line(_("what to do, in English"), max_length=300, blank=True)
    phone = Line(_("phone"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("step of a contingency plan")
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["version", "seq"], name="contingency_step_once"),
            models.CheckConstraint(
                name="contingency_step_not_blank", condition=~Q(text_zh="", text_en="")
            ),
            models.CheckConstraint(
                name="contingency_step_within_30_days", condition=Q(minute__lte=MOST_MINUTES)
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_language(self.text_zh, self.text_en)

    @property
    def actor(self) -> str:
        return said_actor(self.who, self.department)


class ContingencyRisk(models.Model):
    """The plan answers this risk when it happens."""

    plan = models.ForeignKey(ContingencyPlan, models.PROTECT, related_name="contingency_risks")
    risk = models.ForeignKey(Risk, models.PROTECT, related_name="contingency_risks")

    class Meta:
        verbose_name = _("contingency plan of a risk")
        constraints = [
            models.UniqueConstraint(fields=["plan", "risk"], name="contingency_risk_once")
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.risk}"


def _either(person: object, department: Department | None) -> str:
    """The person, or the department, or both."""
    return " / ".join(str(one) for one in (person, department and department.name) if one)
