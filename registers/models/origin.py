from collections.abc import Mapping

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registers.choices import OriginKind
from registers.models.risk import Risk
from registers.querysets import OriginQuerySet
from riskhub.accounts.bilingual import in_language
from riskhub.entry.columns import Line

SAID = {
    "number": _("Number in the file"),
    "status": _("Status in the file"),
    "level": _("Level in the file"),
    "score": _("Score in the file"),
    "owner": _("Owner in the file"),
    "department": _("Department in the file"),
    "category": _("Category in the file"),
    "area": _("Area in the file"),
    "source": _("Source in the file"),
    "strategy": _("Strategy in the file"),
    "measures": _("Measures"),
    "contingency": _("If it happens"),
    "trigger": _("Warning signs"),
    "notes": _("Notes"),
    "due_on": _("Due in the file"),
    "identified_on": _("Found on, in the file"),
    "next_review_on": _("Next review in the file"),
    "business_importance": _("Business importance in the file"),
    "service_lines": _("Service lines in the file"),
    "group": _("Heading in the file"),
}
"""What a file may have said for itself, by the keys of `details`."""


def said_in_words(details: Mapping[str, object]) -> dict[str, str]:
    """{name: text} of everything that is not empty, in order; a key without a name comes last."""
    keys = [*(key for key in SAID if key in details), *(key for key in details if key not in SAID)]
    return {str(SAID.get(key, key)): str(details[key]) for key in keys if details[key]}


class RiskOrigin(models.Model):
    """What stands behind a risk; `ref_id` makes each origin count once.

    `details` keeps what a file said for itself (number, status, level): as text, never as our own.
    """

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="origins")
    kind = models.CharField(_("origin"), max_length=10, choices=OriginKind.choices)
    ref_id = models.CharField(max_length=100)
    label = Line(_("name"), max_length=300, blank=True)
    details = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    objects = OriginQuerySet.as_manager()

    class Meta:
        verbose_name = _("origin")
        constraints = [
            models.UniqueConstraint(fields=["risk", "kind", "ref_id"], name="risk_origin_once")
        ]
        indexes = [models.Index(fields=["kind", "ref_id"], name="risk_origin_ref")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.label}"

    @property
    def name(self) -> str:
        """`label`; a library risk of `named()` in the active language, a row of a file in words."""
        file, _space, row = self.label.rpartition(" ")
        if self.kind == OriginKind.IMPORT and file and row.isdecimal():
            return gettext("%(file)s, row %(row)s") % {"file": file, "row": row}
        shipped = getattr(self, "shipped", None) or {}
        return in_language(shipped.get("zh", ""), shipped.get("en", "")) or self.label

    @property
    def said(self) -> dict[str, str]:
        return said_in_words(self.details)
