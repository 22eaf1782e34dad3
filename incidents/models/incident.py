"""What went wrong or nearly did, who was hurt, and the risks that it made real."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.incidents.choices import (
    GRAVEST,
    INCIDENT_NEXT_STATES,
    INCIDENT_OVER,
    LEAST,
    MOST_WHYS,
    Hurt,
    IncidentState,
)
from incidents.incidents.querysets import IncidentQuerySet, InjuredQuerySet, LinkQuerySet
from incidents.models.categories import IncidentKind
from incidents.models.elsewhere import Elsewhere, Standing, once_from_elsewhere
from registers.models import Risk, ServiceLine
from riskhub.accounts.models import Department
from riskhub.entry.columns import Line, Prose
from riskhub.personal.columns import Sealed
from riskhub.personal.masks import masked_name

_USER: Any = settings.AUTH_USER_MODEL


def _one_to_five(name: str, column: str) -> models.CheckConstraint:
    condition = Q(**{column: None}) | Q(**{f"{column}__range": (LEAST, GRAVEST)})
    return models.CheckConstraint(name=name, condition=condition)


class Incident(Elsewhere):
    """Known by its number. Severity 1 to 5 as it came out and as it could have; None while nobody said.

    `client_uuid` comes with the form; of a report without a name nothing is kept that leads to its sender.
    `written_at`: when it was sent, where the phone kept it until there was network.
    """

    code = models.CharField(_("number"), max_length=20, unique=True)
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.ForeignKey(
        IncidentKind, models.PROTECT, related_name="incidents", verbose_name=_("kind")
    )
    text = Prose(_("what happened?"), max_length=4000)
    immediate_action = Prose(_("what was done at once"), max_length=2000, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="incidents", verbose_name=_("department")
    )
    service_line = models.ForeignKey(
        ServiceLine, models.PROTECT, null=True, blank=True, related_name="incidents",
        verbose_name=_("service line"),
    )  # fmt: skip
    place = Line(_("where in the service?"), max_length=200, blank=True)
    order_ref = Line(_("order"), max_length=100, blank=True)
    occurred_at = models.DateTimeField(_("happened at"))
    reported_at = models.DateTimeField(_("reported at"), default=timezone.now)
    written_at = models.DateTimeField(_("written at"), null=True, blank=True, editable=False)
    reporter = models.ForeignKey(
        _USER, models.PROTECT, null=True, blank=True, related_name="incidents",
        verbose_name=_("reported by"),
    )  # fmt: skip
    is_anonymous = models.BooleanField(_("without a name"), default=False)
    lang = models.CharField(max_length=10, default="zh-hans")
    actual_severity = models.PositiveSmallIntegerField(
        _("severity as it came out"), null=True, blank=True
    )
    potential_severity = models.PositiveSmallIntegerField(
        _("severity as it could have been"), null=True, blank=True
    )
    state = models.CharField(
        _("status"), max_length=13, choices=IncidentState.choices, default=IncidentState.REPORTED
    )
    investigator = models.ForeignKey(
        _USER, models.PROTECT, null=True, blank=True, related_name="investigations",
        verbose_name=_("looked into by"),
    )  # fmt: skip
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates",
        verbose_name=_("the same as"),
    )  # fmt: skip
    whys = ArrayField(Prose(max_length=500), size=MOST_WHYS, blank=True, default=list)
    root_cause = Prose(_("root cause"), max_length=1000, blank=True)
    lessons = Prose(_("what we learned"), max_length=2000, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1)

    next_states: ClassVar[Mapping[str, frozenset[str]]] = INCIDENT_NEXT_STATES
    objects = Standing.from_queryset(IncidentQuerySet)()

    class Meta:
        verbose_name = _("incident")
        constraints = [
            models.CheckConstraint(name="incident_text_not_blank", condition=~Q(text="")),
            models.CheckConstraint(
                name="incident_not_before_it_happened",
                condition=Q(occurred_at__lte=F("reported_at")),
            ),
            models.CheckConstraint(
                name="incident_written_before_reported",
                condition=Q(written_at=None)
                | Q(written_at__lte=F("reported_at"), is_anonymous=False),
            ),
            models.CheckConstraint(
                name="incident_anonymous_has_no_reporter",
                condition=Q(is_anonymous=False) | Q(reporter=None),
            ),
            _one_to_five("incident_actual_one_to_five", "actual_severity"),
            _one_to_five("incident_potential_one_to_five", "potential_severity"),
            models.CheckConstraint(
                name="incident_closed_has_cause_and_moment",
                condition=(
                    Q(state=IncidentState.CLOSED, closed_at__isnull=False) & ~Q(root_cause="")
                )
                | (~Q(state=IncidentState.CLOSED) & Q(closed_at=None)),
            ),
            models.CheckConstraint(
                name="incident_duplicate_of_another",
                condition=Q(state=IncidentState.DUPLICATE, duplicate_of__isnull=False)
                & ~Q(duplicate_of=F("pk"))
                | (~Q(state=IncidentState.DUPLICATE) & Q(duplicate_of=None)),
            ),
            *once_from_elsewhere("incident"),
        ]
        indexes = [
            models.Index(fields=["-occurred_at", "-id"], name="incident_newest"),
            models.Index(fields=["department", "state"], name="incident_of_department"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:40]}"

    def get_absolute_url(self) -> str:
        return reverse("incidents:incident_detail", args=[self.code])

    @property
    def is_over(self) -> bool:
        return self.state in INCIDENT_OVER

    @property
    def counts(self) -> bool:
        """What was reported twice is counted once, with the other one."""
        return self.state != IncidentState.DUPLICATE

    @property
    def told_by(self) -> str:
        """Who reported it, in words."""
        return str(self.reporter) if self.reporter else gettext("without a name")


class InjuredPerson(models.Model):
    """Who they are to us, how badly, and the days lost: None is not known, 0 is none.

    The name is sealed, empty while nobody needs it, and gone once its time is over.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="injured")
    role = models.CharField(_("who"), max_length=8, choices=Hurt.choices)
    person_name = Sealed(_("name"), blank=True, default="")
    severity = models.PositiveSmallIntegerField(_("severity"), null=True, blank=True)
    days_lost = models.IntegerField(_("days lost"), null=True, blank=True)
    note = Prose(_("note"), max_length=500, blank=True)
    row_version = models.PositiveIntegerField(default=1)

    objects = InjuredQuerySet.as_manager()

    class Meta:
        verbose_name = _("injured person")
        constraints = [
            _one_to_five("injury_one_to_five", "severity"),
            models.CheckConstraint(
                name="injury_days_not_negative",
                condition=Q(days_lost=None) | Q(days_lost__gte=0),
            ),
        ]
        indexes = [models.Index(fields=["incident", "id"], name="injured_of_incident")]

    def __str__(self) -> str:
        return f"{self.incident.code} {self.get_role_display()}"

    @property
    def shown_name(self) -> str:
        """As whoever did not ask for it reads it."""
        return masked_name(self.person_name)


class IncidentRisk(models.Model):
    """The risk that an incident made real. Only what somebody confirmed counts."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="risk_links")
    risk = models.ForeignKey(Risk, models.PROTECT, related_name="incident_links")
    known_before = models.BooleanField(_("stood in the register before"))
    confirmed_by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(default=timezone.now)

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "risk"], name="incident_risk_once")
        ]

    def __str__(self) -> str:
        return f"{self.incident.code} {self.risk}"
