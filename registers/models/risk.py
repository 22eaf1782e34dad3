from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registers.choices import (
    LEVEL_WORDS,
    OPEN_STATES,
    RISK_NEXT_STATES,
    Controllability,
    Level,
    PlanState,
    RiskState,
    Strategy,
    Velocity,
)
from registers.expressions import CODE, PRIORITY, RANK_KEY, SEARCH
from registers.indexes import RISK_INDEXES
from registers.models.register import Register
from registers.models.taxonomy import RiskArea, RiskCategory, RiskSource, ServiceLine
from registers.models.titled import Titled
from registers.querysets import RiskQuerySet
from riskhub.accounts.models import Department
from riskhub.entry.columns import Day, Line, Prose
from riskhub.entry.days import HAPPENED, PLANNED

_SCORE = [MinValueValidator(1), MaxValueValidator(5)]


class Risk(Titled, models.Model):
    """One risk of one register.

    The block *standing* repeats what the confirmed assessment and the plan say, so that lists need no
    joins; only `services.standing` writes it. Scores are 1..5, levels 0..3, and NULL means not rated.
    """

    number = models.PositiveIntegerField(unique=True, editable=False)
    # The key under which a program sent it: sent again, it is the same risk.
    client_uuid = models.UUIDField(null=True, unique=True, editable=False)
    client_digest = models.CharField(
        max_length=64, blank=True, default="", db_default="", editable=False
    )
    code = models.GeneratedField(
        expression=CODE, output_field=models.CharField(max_length=12), db_persist=True, unique=True
    )
    register = models.ForeignKey(
        Register, models.PROTECT, related_name="risks", verbose_name=_("register")
    )
    title = Line(_("name"), max_length=300)
    title_alt = Line(_("name in the other language"), max_length=300, blank=True)
    cause = Prose(_("cause"), blank=True)
    event = Prose(_("event"))
    consequence = Prose(_("consequence"), blank=True)
    lang = models.CharField(
        _("language of the text"), max_length=10, default="zh-hans", choices=settings.LANGUAGES
    )
    category = models.ForeignKey(
        RiskCategory, models.PROTECT, related_name="risks", verbose_name=_("category")
    )
    area = models.ForeignKey(
        RiskArea, models.PROTECT, null=True, blank=True, related_name="risks",
        verbose_name=_("area"),
    )  # fmt: skip
    primary_source = models.ForeignKey(
        RiskSource, models.PROTECT, related_name="primary_risks", verbose_name=_("source")
    )
    sources = models.ManyToManyField(
        RiskSource, related_name="risks", verbose_name=_("all sources")
    )
    service_lines = models.ManyToManyField(
        ServiceLine, blank=True, related_name="risks", verbose_name=_("service lines")
    )
    owner_department = models.ForeignKey(
        Department, models.PROTECT, related_name="risks", verbose_name=_("responsible department")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_risks",
        verbose_name=_("owner"),
    )
    owner_note = Line(_("owner as the file names them"), max_length=200, blank=True)
    business_importance = models.PositiveSmallIntegerField(
        _("business importance"), default=3, validators=_SCORE
    )
    importance_reason = Line(_("why this importance"), max_length=300, blank=True)
    controllability = models.CharField(
        _("controllability"),
        max_length=8,
        choices=Controllability.choices,
        default=Controllability.OWN,
    )
    velocity = models.CharField(
        _("how fast"), max_length=8, choices=Velocity.choices, default=Velocity.DAYS
    )
    state = models.CharField(
        _("state"), max_length=10, choices=RiskState.choices, default=RiskState.IDENTIFIED
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reported_risks",
        verbose_name=_("found by"),
    )
    reported_on = Day(_("found on"), default=timezone.localdate, span=HAPPENED)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accepted_risks",
        verbose_name=_("put in by"),
    )
    accepted_at = models.DateTimeField(_("put in on"), default=timezone.now)
    next_review_on = Day(_("next review"), null=True, blank=True, span=PLANNED)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_risks",
        verbose_name=_("merged into"),
    )  # fmt: skip
    closed_reason = Prose(_("reason for closing"), blank=True)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)
    # Put in by mistake and taken back: closed, shown only where it is asked for, counted nowhere.
    is_undone = models.BooleanField(default=False, db_default=False, editable=False)
    row_version = models.PositiveIntegerField(default=1)

    standing_scheme = models.PositiveIntegerField(null=True, editable=False)
    inherent_probability = models.PositiveSmallIntegerField(
        _("inherent probability"), null=True, editable=False
    )
    inherent_impact = models.PositiveSmallIntegerField(
        _("inherent impact"), null=True, editable=False
    )
    inherent_level = models.PositiveSmallIntegerField(
        _("inherent level"), null=True, editable=False, choices=Level.choices
    )
    residual_probability = models.PositiveSmallIntegerField(
        _("residual probability"), null=True, editable=False
    )
    residual_impact = models.PositiveSmallIntegerField(
        _("residual impact"), null=True, editable=False
    )
    residual_level = models.PositiveSmallIntegerField(
        _("residual level"), null=True, editable=False, choices=Level.choices
    )
    target_probability = models.PositiveSmallIntegerField(
        _("target probability"), null=True, editable=False
    )
    target_impact = models.PositiveSmallIntegerField(_("target impact"), null=True, editable=False)
    target_level = models.PositiveSmallIntegerField(
        _("target level"), null=True, editable=False, choices=Level.choices
    )
    assessed_on = models.DateField(_("assessed on"), null=True, editable=False)
    plan_strategy = models.CharField(
        _("response"), max_length=8, blank=True, editable=False, choices=Strategy.choices
    )
    plan_state = models.CharField(
        _("state of the plan"), max_length=18, blank=True, editable=False, choices=PlanState.choices
    )
    # The newest version, and the one that was approved and is worked by: NULL where there is none.
    plan_version = models.PositiveSmallIntegerField(_("plan version"), null=True, editable=False)
    plan_in_force = models.PositiveSmallIntegerField(
        _("version in force"), null=True, editable=False
    )
    standing_priority = models.GeneratedField(
        expression=PRIORITY,
        db_persist=True,
        output_field=models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True),
    )
    rank_key = models.GeneratedField(
        expression=RANK_KEY, output_field=models.CharField(max_length=60), db_persist=True
    )
    search = models.GeneratedField(
        expression=SEARCH, output_field=SearchVectorField(), db_persist=True
    )

    next_states: ClassVar[Mapping[str, frozenset[str]]] = RISK_NEXT_STATES
    objects = RiskQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk")
        constraints = [
            models.CheckConstraint(name="risk_number_positive", condition=Q(number__gt=0)),
            models.CheckConstraint(name="risk_event_not_blank", condition=~Q(event="")),
            models.CheckConstraint(
                name="risk_importance_1_to_5", condition=Q(business_importance__range=(1, 5))
            ),
            models.CheckConstraint(
                name="risk_merged_has_survivor",
                condition=Q(state=RiskState.MERGED, merged_into__isnull=False)
                | (~Q(state=RiskState.MERGED) & Q(merged_into=None)),
            ),
            models.CheckConstraint(
                name="risk_not_merged_into_itself", condition=~Q(merged_into=models.F("id"))
            ),
            models.CheckConstraint(
                name="risk_undone_is_closed",
                condition=Q(is_undone=False) | Q(state=RiskState.CLOSED),
            ),
            models.CheckConstraint(
                name="risk_closed_has_reason",
                condition=~Q(state=RiskState.CLOSED) | ~Q(closed_reason=""),
            ),
        ]
        indexes = RISK_INDEXES

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("registers:risk_detail", args=[self.code])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def level_word(self) -> str:
        """`low` ... `critical`, or an empty string when not rated."""
        return "" if self.residual_level is None else LEVEL_WORDS[self.residual_level]
