from django.db import models
from django.utils.translation import gettext_lazy as _

from incidents.models.severity import Severity
from riskhub.accounts.bilingual import Named


class ComplaintCategory(Named):
    """Two steps: the group and the kind. `default_risks` are codes of the starter library."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    severity = models.ForeignKey(
        Severity, models.PROTECT, to_field="code", db_column="severity", related_name="categories",
        verbose_name=_("severity"),
    )  # fmt: skip
    order = models.PositiveSmallIntegerField(default=0)
    default_risks = models.JSONField(default=list)
    offers = models.JSONField(default=list)

    class Meta:
        ordering = ["order"]


class IncidentKind(Named):
    """What happened: accident, near miss, hazard, ..."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
