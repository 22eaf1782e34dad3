"""What happened when, as far as those who look into an incident found out."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incidents.incidents.querysets import FactQuerySet
from incidents.models.incident import Incident
from riskhub.entry.columns import Prose

_USER: Any = settings.AUTH_USER_MODEL


class IncidentFact(models.Model):
    """One line of the timeline. It stays as it was said; what proves wrong is taken back with its reason."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="timeline")
    at = models.DateTimeField(_("when"))
    text = Prose(_("what happened"), max_length=1000)
    author = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name=_("said by"))
    recorded_at = models.DateTimeField(default=timezone.now)
    withdrawn_reason = Prose(_("why it was taken back"), max_length=500, blank=True)
    client_uuid = models.UUIDField(unique=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact of an incident")
        constraints = [
            models.CheckConstraint(name="incident_fact_not_blank", condition=~Q(text="")),
            models.CheckConstraint(
                name="incident_fact_not_ahead", condition=Q(at__lte=models.F("recorded_at"))
            ),
        ]
        indexes = [models.Index(fields=["incident", "at", "id"], name="fact_of_incident")]

    def __str__(self) -> str:
        return f"{self.incident.code} {self.text[:40]}"
