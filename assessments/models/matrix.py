"""The matrix as data: a scheme has two scales, four levels and 25 cells."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.choices import SCHEME_NEXT_STATES, Decision, Dimension, SchemeState
from assessments.querysets import SchemeQuerySet
from registers.choices import Level
from registers.models import RiskArea
from riskhub.accounts.bilingual import Named, in_language
from riskhub.accounts.names import name_for
from riskhub.entry.columns import Prose


class MatrixScheme(Named):
    """One edition of the matrix, known by its number; frozen once it is handed in.

    A draft lives in `content` alone: canonical JSON (see `schemes.content`) with its sha256. The rows of
    scales, levels, cells and rules are made of it when it is put in force. The matrix that ships has only
    rows.
    """

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    basis = models.CharField(max_length=20, default="annual_events")
    reference_orders = models.PositiveIntegerField(default=50_000)
    band_factor = models.DecimalField(max_digits=5, decimal_places=2, default=5)
    open_ends = models.JSONField(default=dict)
    declared_floors = models.JSONField(default=list)
    content = models.TextField(blank=True, default="", db_default="")
    content_hash = models.GeneratedField(
        expression=Func(F("content"), function="public.text_sha256"),
        output_field=models.CharField(max_length=64),
        db_persist=True,
    )
    check_result = models.JSONField(null=True, blank=True)
    state = models.CharField(
        _("status"), max_length=18, choices=SchemeState.choices, default=SchemeState.DRAFT
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("submitted by"),
    )  # fmt: skip
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    in_force_from = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    client_uuid = models.UUIDField(null=True, unique=True, editable=False)
    row_version = models.PositiveIntegerField(default=1, db_default=1)

    next_states: ClassVar[Mapping[str, frozenset[str]]] = SCHEME_NEXT_STATES
    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("matrix")
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                name="one_scheme_in_force",
                condition=Q(state=SchemeState.IN_FORCE),
            )
        ]

    @property
    def code(self) -> str:
        """As it is called everywhere: M1."""
        return f"M{self.number}"


class SchemeAuthor(models.Model):
    """Who wrote in this draft: none of them may approve it."""

    scheme = models.ForeignKey(MatrixScheme, models.PROTECT, related_name="authors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "user"], name="scheme_author_once")
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.user}"


class SchemeDecision(models.Model):
    """A decision on exactly the content with this hash: a trigger refuses any other."""

    scheme = models.ForeignKey(MatrixScheme, models.PROTECT, related_name="decisions")
    content_hash = models.CharField(_("hash of the text"), max_length=64)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("in the name of"),
    )  # fmt: skip
    decision = models.CharField(_("decision"), max_length=8, choices=Decision.choices)
    comment = Prose(_("comment"), blank=True)
    at = models.DateTimeField(_("decided at"), default=timezone.now)

    class Meta:
        verbose_name = _("decision on a matrix")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="scheme_refusal_has_comment",
                condition=Q(decision=Decision.APPROVED) | ~Q(comment=""),
            ),
            models.CheckConstraint(
                name="scheme_decision_approves_or_asks",
                condition=Q(decision__in=[Decision.APPROVED, Decision.CHANGES]),
            ),
            models.CheckConstraint(
                name="scheme_decision_for_another",
                condition=Q(on_behalf_of=None) | ~Q(on_behalf_of=F("approver")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.scheme)

    @property
    def who(self) -> str:
        """As in: Wang Fang for Ma Wenbin."""
        return name_for(self.approver, self.on_behalf_of)


class Axis(models.TextChoices):
    PROBABILITY = "probability", _("Probability")
    IMPACT = "impact", _("Impact")


class Band(Named):
    """One score of an axis: events a year, or CNY per event, from `lower` up to below `upper`."""

    scheme = models.ForeignKey(MatrixScheme, models.CASCADE, related_name="bands")
    axis = models.CharField(max_length=11, choices=Axis.choices)
    score = models.PositiveSmallIntegerField()
    lower = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    upper = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    anchor_zh = models.CharField(max_length=300, blank=True)
    anchor_en = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["axis", "score"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "axis", "score"], name="band_once"),
            models.CheckConstraint(name="band_score_1_to_5", condition=Q(score__range=(1, 5))),
        ]

    @property
    def anchor(self) -> str:
        return in_language(self.anchor_zh, self.anchor_en)


class ImpactAnchor(models.Model):
    """What a score of impact means in one dimension."""

    scheme = models.ForeignKey(MatrixScheme, models.CASCADE, related_name="impact_anchors")
    score = models.PositiveSmallIntegerField()
    dimension = models.CharField(max_length=12, choices=Dimension.choices)
    text_zh = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)

    class Meta:
        ordering = ["score", "dimension"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "score", "dimension"], name="impact_anchor_once"
            )
        ]

    def __str__(self) -> str:
        return in_language(self.text_zh, self.text_en)


class MatrixLevel(Named):
    scheme = models.ForeignKey(MatrixScheme, models.CASCADE, related_name="levels")
    rank = models.PositiveSmallIntegerField(choices=Level.choices)
    color = models.CharField(max_length=7)
    text_color = models.CharField(max_length=7)
    glyph = models.CharField(max_length=2)
    pattern = models.CharField(max_length=10)

    class Meta:
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["scheme", "rank"], name="level_once")]


class MatrixCell(models.Model):
    """The level of one pair of scores. Every stored level points here by (scheme, p, i, level)."""

    scheme = models.ForeignKey(MatrixScheme, models.PROTECT, related_name="cells")
    probability = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(choices=Level.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "probability", "impact"], name="matrix_cell_once"
            ),
            models.UniqueConstraint(
                fields=["scheme", "probability", "impact", "level"], name="matrix_cell_level"
            ),
            models.CheckConstraint(
                name="matrix_cell_scores_1_to_5",
                condition=Q(probability__range=(1, 5), impact__range=(1, 5), level__range=(0, 3)),
            ),
        ]

    def __str__(self) -> str:
        return f"({self.probability},{self.impact})"


class AppetiteRule(models.Model):
    """What a level demands; with an area, the highest level that may stay there without approval."""

    scheme = models.ForeignKey(MatrixScheme, models.CASCADE, related_name="appetite_rules")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    area = models.ForeignKey(RiskArea, models.PROTECT, null=True, related_name="+")
    needs_plan = models.BooleanField(default=False)
    needs_approval = models.BooleanField(default=False)
    needs_special_measures = models.BooleanField(default=False, db_default=False)
    needs_contingency = models.BooleanField(default=False, db_default=False)
    approval_days = models.PositiveSmallIntegerField(null=True)
    review_months = models.PositiveSmallIntegerField(null=True)
    text_zh = models.CharField(max_length=300, blank=True)
    text_en = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "level", "area"],
                name="appetite_rule_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {in_language(self.text_zh, self.text_en)}"

    @property
    def text(self) -> str:
        return in_language(self.text_zh, self.text_en)
