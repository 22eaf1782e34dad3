"""What keeps a risk from happening or from being worse, on which risks it acts, and how it was checked."""

import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registers.choices import (
    CONTROL_NEXT_STATES,
    ActsOn,
    ControlState,
    ControlType,
    Effectiveness,
)
from registers.control_querysets import (
    ControlCheckQuerySet,
    ControlQuerySet,
    RiskControlQuerySet,
)
from registers.effectiveness import Share, exception_share
from registers.expressions import CONTROL_CODE
from registers.models.risk import Risk
from registers.models.titled import Titled
from riskhub.accounts.models import Department
from riskhub.entry.columns import Day, Line, Prose
from riskhub.entry.days import HAPPENED, PLANNED

MOST_DAYS = 730
STRONGEST = 2
MOST_SAMPLED = 1_000_000


class Control(Titled, models.Model):
    """A control of the company. `library_code` is the entry of the library that it was adopted from.

    Those of the library keep their number where it is free; the company's own begin at C-101. While
    it is in use it has a day on which it is checked next.
    """

    number = models.PositiveIntegerField(unique=True, editable=False)
    code = models.GeneratedField(
        expression=CONTROL_CODE, output_field=models.CharField(max_length=14), db_persist=True,
        unique=True,
    )  # fmt: skip
    client_uuid = models.UUIDField(null=True, unique=True, editable=False)
    library_code = models.CharField(max_length=20, blank=True, default="", editable=False)
    title = Line(_("name"), max_length=300)
    title_alt = Line(_("name in the other language"), max_length=300, blank=True)
    lang = models.CharField(
        _("language of the text"), max_length=10, default="zh-hans", choices=settings.LANGUAGES
    )
    type = models.CharField(_("type"), max_length=10, choices=ControlType.choices)
    description = Prose(_("description"), blank=True)
    evidence = Prose(_("evidence"), blank=True)
    owner_department = models.ForeignKey(
        Department,
        models.PROTECT,
        related_name="controls",
        verbose_name=_("responsible department"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True,
        related_name="owned_controls", verbose_name=_("owner"),
    )  # fmt: skip
    check_every_days = models.PositiveSmallIntegerField(
        _("checked every so many days"), default=90,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
    )  # fmt: skip
    next_check_on = Day(_("next check"), null=True, blank=True, span=PLANNED)
    yearly_cost = models.DecimalField(
        _("cost a year"), max_digits=14, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )  # fmt: skip
    state = models.CharField(
        _("state"), max_length=7, choices=ControlState.choices, default=ControlState.DRAFT
    )
    retired_reason = Prose(_("why it is retired"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    row_version = models.PositiveIntegerField(default=1)

    next_states: ClassVar[Mapping[str, frozenset[str]]] = CONTROL_NEXT_STATES
    objects = ControlQuerySet.as_manager()

    class Meta:
        verbose_name = _("control")
        constraints = [
            models.CheckConstraint(name="control_number_positive", condition=Q(number__gt=0)),
            models.CheckConstraint(name="control_title_not_blank", condition=~Q(title="")),
            models.CheckConstraint(
                name="control_checked_every_1_to_730_days",
                condition=Q(check_every_days__range=(1, MOST_DAYS)),
            ),
            models.CheckConstraint(
                name="control_cost_not_negative",
                condition=Q(yearly_cost=None) | Q(yearly_cost__gte=0),
            ),
            models.CheckConstraint(
                name="control_in_use_has_next_check",
                condition=~Q(state=ControlState.ACTIVE) | Q(next_check_on__isnull=False),
            ),
            models.CheckConstraint(
                name="control_retired_has_reason",
                condition=Q(state=ControlState.RETIRED, next_check_on=None) & ~Q(retired_reason="")
                | ~Q(state=ControlState.RETIRED) & Q(retired_reason=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_on", "owner"],
                name="control_due",
                condition=Q(state=ControlState.ACTIVE),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("registers:control_detail", args=[self.code])

    @property
    def is_in_use(self) -> bool:
        return self.state == ControlState.ACTIVE

    @property
    def is_overdue(self) -> bool:
        """From the day after its check was due."""
        return (
            self.is_in_use
            and self.next_check_on is not None
            and self.next_check_on < timezone.localdate()
        )


class RiskControl(models.Model):
    """A control acts on a risk: which score it lowers, and by how many steps."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="risk_controls")
    control = models.ForeignKey(
        Control, models.PROTECT, related_name="risk_controls", verbose_name=_("control")
    )
    acts_on = models.CharField(_("lowers"), max_length=11, choices=ActsOn.choices)
    strength = models.PositiveSmallIntegerField(
        _("by how many steps"), default=1, validators=[MaxValueValidator(STRONGEST)]
    )
    note = Prose(_("note"), blank=True)
    row_version = models.PositiveIntegerField(default=1)

    objects = RiskControlQuerySet.as_manager()

    class Meta:
        verbose_name = _("control of a risk")
        constraints = [
            models.UniqueConstraint(fields=["risk", "control"], name="risk_control_once"),
            models.CheckConstraint(
                name="risk_control_strength_0_to_2", condition=Q(strength__range=(0, STRONGEST))
            ),
            models.CheckConstraint(
                name="risk_control_acts_on_a_score", condition=Q(acts_on__in=ActsOn.values)
            ),
        ]

    def __str__(self) -> str:
        return str(self.control)


class ControlCheck(models.Model):
    """One check that was done: what was due on `due_on`, what was seen, and what follows from it.

    `proposed` is what the company's rule said of these numbers; another `effectiveness` needs a note.
    `client_uuid` comes with the form: the same form sent twice is one check.
    """

    client_uuid = models.UUIDField(
        default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False
    )
    control = models.ForeignKey(Control, models.PROTECT, related_name="checks")
    due_on = models.DateField(_("due on"))
    done_on = Day(_("done on"), span=HAPPENED)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("done by")
    )
    design_ok = models.BooleanField(_("designed right"))
    sample_size = models.PositiveIntegerField(
        _("sample"), validators=[MaxValueValidator(MOST_SAMPLED)]
    )
    exceptions = models.PositiveIntegerField(_("exceptions"))
    proposed = models.CharField(
        _("as the rule says"), max_length=11, choices=Effectiveness.choices, editable=False
    )
    effectiveness = models.CharField(_("result"), max_length=11, choices=Effectiveness.choices)
    note = Prose(_("note"), blank=True)
    evidence = Prose(_("evidence"), blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = ControlCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("control check")
        constraints = [
            models.CheckConstraint(
                name="control_check_exceptions_in_sample",
                condition=Q(exceptions__lte=F("sample_size")),
            ),
            models.CheckConstraint(
                name="control_check_has_result",
                condition=Q(effectiveness__in=Effectiveness.values)
                & Q(proposed__in=Effectiveness.values),
            ),
            models.CheckConstraint(
                name="control_check_effective_was_sampled",
                condition=Q(sample_size__gt=0)
                | Q(effectiveness__in=[Effectiveness.INEFFECTIVE, Effectiveness.NOT_TESTED]),
            ),
            models.CheckConstraint(
                name="control_check_departure_has_note",
                condition=Q(effectiveness=F("proposed")) | ~Q(note=""),
            ),
        ]
        indexes = [models.Index(fields=["control", "-done_on", "-id"], name="control_check_last")]

    def __str__(self) -> str:
        return f"{self.control} {self.due_on}"

    @property
    def share(self) -> Share | None:
        """Of the exceptions in the sample; None where nothing was sampled."""
        return exception_share(self.sample_size, self.exceptions)
