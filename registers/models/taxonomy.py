"""Lists that the company may rename, not code: categories, areas, sources, service lines."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.bilingual import Named, in_language
from riskhub.entry.columns import Code


class Term(Named):
    """One entry of a list; `order` is its place."""

    code = Code(_("code"), max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(_("active"), default=True)
    row_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    kind: ClassVar[str]

    class Meta:
        abstract = True
        ordering = ["order", "code"]

    @property
    def key(self) -> str:
        """By which addresses name it: `area:property`."""
        return f"{self.kind}:{self.code}"


class RiskCategory(Term):
    """Exactly the three that the guide demands."""

    kind = "category"
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

    kind = "area"


class RiskSource(Term):
    """Where risks are found."""

    kind = "source"
    group = models.CharField(max_length=20, blank=True)


class ServiceLine(Term):
    kind = "line"
    importance = models.PositiveSmallIntegerField(
        _("business importance"), default=3, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    class Meta(Term.Meta):
        constraints = [
            models.CheckConstraint(
                name="service_line_importance_1_to_5", condition=models.Q(importance__range=(1, 5))
            )
        ]
