"""The action of a response plan by which the company answers an incident."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import Action
from incidents.incidents.querysets import MeasureQuerySet
from incidents.models.incident import Incident

_USER: Any = settings.AUTH_USER_MODEL


class IncidentMeasure(models.Model):
    """How far it is stands on the action itself; here only that it answers the incident."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="measures")
    action = models.ForeignKey(
        Action, models.PROTECT, related_name="incident_measures", verbose_name=_("action")
    )
    confirmed_by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(default=timezone.now)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure after an incident")
        constraints = [
            models.UniqueConstraint(fields=["incident", "action"], name="incident_measure_once")
        ]

    def __str__(self) -> str:
        return f"{self.incident.code} {self.action}"
