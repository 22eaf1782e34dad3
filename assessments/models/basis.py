"""What a judgement rests on: the controls it counts, and each dimension in which the event hurts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.choices import Dimension, ScoreKind
from assessments.effects import MOST_STEPS
from assessments.lec import CONSEQUENCES, EXPOSURES, LIKELIHOODS, Lec
from assessments.lec_words import lec_words
from assessments.models.assessment import Assessment
from registers.choices import Effectiveness
from registers.models import Control
from riskhub.entry.columns import Prose

_STEPS = (0, MOST_STEPS)


class AssessmentControl(models.Model):
    """A control that was in use on the risk when it was judged, and how much it was counted for.

    The last check is as it stood then, empty where there was none; a control that had failed it and
    is counted all the same is answered for.
    """

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="controls", verbose_name=_("assessment")
    )
    control = models.ForeignKey(
        Control, models.PROTECT, related_name="+", verbose_name=_("control")
    )
    probability = models.PositiveSmallIntegerField(_("lowers probability by"), default=0)
    impact = models.PositiveSmallIntegerField(_("lowers impact by"), default=0)
    check_result = models.CharField(
        _("last check"), max_length=11, choices=Effectiveness.choices, blank=True
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    sample_size = models.PositiveIntegerField(_("sample"), null=True, blank=True)
    exceptions = models.PositiveIntegerField(_("exceptions"), null=True, blank=True)
    was_overdue = models.BooleanField(_("check overdue"), default=False)
    answer = Prose(_("why it counts all the same"), blank=True, max_length=500)

    class Meta:
        verbose_name = _("control in an assessment")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "control"], name="assessment_control_once"
            ),
            models.CheckConstraint(
                name="assessment_control_steps_0_to_2",
                condition=Q(probability__range=_STEPS, impact__range=_STEPS),
            ),
            models.CheckConstraint(
                name="assessment_control_failed_is_answered",
                condition=~Q(check_result=Effectiveness.INEFFECTIVE)
                | Q(probability=0, impact=0)
                | ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.control)

    @property
    def is_counted(self) -> bool:
        return bool(self.probability or self.impact)


class LecScore(models.Model):
    """The second view for staff safety: D = L x E x C, each out of its table. `assessments.lec`."""

    assessment = models.OneToOneField(
        Assessment, models.PROTECT, related_name="lec", verbose_name=_("assessment")
    )
    likelihood = models.DecimalField(_("likelihood (L)"), max_digits=4, decimal_places=1)
    exposure = models.DecimalField(_("exposure (E)"), max_digits=4, decimal_places=1)
    consequence = models.DecimalField(_("consequence (C)"), max_digits=4, decimal_places=1)
    danger = models.GeneratedField(
        expression=F("likelihood") * F("exposure") * F("consequence"), db_persist=True,
        output_field=models.DecimalField(_("danger (D)"), max_digits=12, decimal_places=3),
    )  # fmt: skip

    class Meta:
        verbose_name = _("LEC score")
        constraints = [
            models.CheckConstraint(
                name="lec_of_the_tables",
                condition=Q(
                    likelihood__in=LIKELIHOODS, exposure__in=EXPOSURES, consequence__in=CONSEQUENCES
                ),
            )
        ]

    def __str__(self) -> str:
        return lec_words(self.score)

    @property
    def score(self) -> Lec:
        return Lec(self.likelihood, self.exposure, self.consequence)


class ImpactScore(models.Model):
    """The impact in one dimension; the worst of them is the impact of the assessment."""

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="impact_scores", verbose_name=_("assessment")
    )
    kind = models.CharField(_("without or with controls"), max_length=8, choices=ScoreKind.choices)
    dimension = models.CharField(_("dimension"), max_length=10, choices=Dimension.choices)
    score = models.PositiveSmallIntegerField(_("score"))
    note = Prose(_("note"), blank=True, max_length=300)

    class Meta:
        verbose_name = _("impact in a dimension")
        ordering = ["kind", "-score", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "kind", "dimension"], name="impact_score_once"
            ),
            models.CheckConstraint(name="impact_score_1_to_5", condition=Q(score__range=(1, 5))),
            models.CheckConstraint(
                name="impact_score_of_a_kind_and_dimension",
                condition=Q(kind__in=ScoreKind.values, dimension__in=Dimension.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_dimension_display()} {self.score}"
