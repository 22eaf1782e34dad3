"""Lists that the company may rename, not code: categories, areas, sources, service lines."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.bilingual import Named, in_language


class Term(Named):
    """One entry of a list; `order` is its place."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        abstract = True
        ordering = ["order", "code"]


class RiskCategory(Term):
    """Exactly the three that the guide demands."""

    help_zh = models.CharField(max_length=300, blank=True)
    help_en = models.CharField(max_length=300, blank=True)

    class Meta(Term.Meta):
        constraints = [
            models.CheckConstraint(
                name="risk_category_one_of_three",
                condition=models.Q(code__in=["operational", "technical", "management"]),
            )
        ]

    @property
    def help(self) -> str:
        return in_language(self.help_zh, self.help_en)


class RiskArea(Term):
    """The second axis: whose safety, property, quality, ..."""


class RiskSource(Term):
    """Where risks are found."""

    group = models.CharField(max_length=20, blank=True)


class ServiceLine(Term):
    importance = models.PositiveSmallIntegerField(
        _("business importance"), default=3, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    class Meta(Term.Meta):
        constraints = [
            models.CheckConstraint(
                name="service_line_importance_1_to_5", condition=models.Q(importance__range=(1, 5))
            )
        ]
