from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registers.choices import LinkKind
from registers.link_querysets import RiskLinkQuerySet
from registers.models.risk import Risk


class RiskLink(models.Model):
    """One risk causes or aggravates another, or the two are related: then the older one is `from`.

    A link that no longer holds gets an end; the same two may be linked again later.
    """

    from_risk = models.ForeignKey(
        Risk, models.PROTECT, related_name="links_from", verbose_name=_("this risk")
    )
    to_risk = models.ForeignKey(
        Risk, models.PROTECT, related_name="links_to", verbose_name=_("the other risk")
    )
    kind = models.CharField(_("link"), max_length=10, choices=LinkKind.choices)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended on"), null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("ended by"),
    )  # fmt: skip

    objects = RiskLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link between risks")
        constraints = [
            models.UniqueConstraint(
                name="risk_link_once",
                fields=["from_risk", "to_risk", "kind"],
                condition=Q(ended_at=None),
            ),
            models.CheckConstraint(name="risk_link_of_two", condition=~Q(from_risk=F("to_risk"))),
            models.CheckConstraint(name="risk_link_kind", condition=Q(kind__in=LinkKind.values)),
            models.CheckConstraint(
                name="risk_link_related_is_one_row",
                condition=~Q(kind=LinkKind.RELATED) | Q(from_risk__lt=F("to_risk")),
            ),
            models.CheckConstraint(
                name="risk_link_ended_by_somebody",
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_risk.code} {self.get_kind_display()} {self.to_risk.code}"
