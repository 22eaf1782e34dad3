from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from riskhub.company.calendar import Quarter
from riskhub.files.models import StoredFile
from riskhub.reports.canonical import read_canonical
from riskhub.reports.choices import REPORT_NEXT_STATES, ReportState
from riskhub.reports.querysets import ReportQuerySet, SnapshotQuerySet
from riskhub.reports.words import quarter_name, why_failed


class ReportSnapshot(models.Model):
    """All data of one report, frozen once; a correction is a further revision.

    `content` is canonical JSON as text, so that what was hashed is kept byte for byte. The table
    takes new rows only (triggers refuse everything else), and `sha256` is the database's own.
    """

    kind = models.CharField(max_length=40)
    period_start = models.DateField()
    period_end = models.DateField()
    as_of = models.DateTimeField()
    is_draft = models.BooleanField(_("draft"), default=False)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    scheme_number = models.PositiveIntegerField(null=True)
    content = models.TextField()
    sha256 = models.GeneratedField(
        expression=Func(F("content"), function="public.text_sha256"),
        output_field=models.CharField(max_length=64),
        db_persist=True,
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(_("reason of the revision"), blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )

    objects: ClassVar[SnapshotQuerySet] = SnapshotQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "period_start", "revision"], name="report_snapshot_once"
            ),
            models.CheckConstraint(
                name="report_revision_has_reason",
                condition=Q(revision=1, supersedes=None)
                | (Q(revision__gt=1, supersedes__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="report_period_forward", condition=Q(period_end__gte=F("period_start"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quarter} r{self.revision}"

    @property
    def quarter(self) -> Quarter:
        return Quarter.of(self.period_start)

    @property
    def data(self) -> dict[str, Any]:
        return read_canonical(self.content)


class Report(models.Model):
    """One snapshot in one language. Once ready, the row is frozen by a trigger."""

    snapshot = models.ForeignKey(ReportSnapshot, models.PROTECT, related_name="reports")
    locale = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    state = models.CharField(
        _("state"), max_length=7, choices=ReportState.choices, default=ReportState.QUEUED
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    pages = models.PositiveIntegerField(_("pages"), null=True)
    error = models.TextField(blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)

    next_states: ClassVar[Mapping[str, frozenset[str]]] = REPORT_NEXT_STATES
    objects: ClassVar[ReportQuerySet] = ReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "locale"], name="report_once_per_language"),
            models.CheckConstraint(
                name="report_ready_has_file",
                condition=Q(
                    state=ReportState.READY,
                    file__isnull=False,
                    pages__isnull=False,
                    ready_at__isnull=False,
                )
                | (~Q(state=ReportState.READY) & Q(file=None, ready_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def short_name(self) -> str:
        """`2026Q3 r1 en`, the same in every language."""
        return f"{self.snapshot.quarter} r{self.snapshot.revision} {self.locale}"

    @property
    def quarter_name(self) -> str:
        return quarter_name(self.snapshot.quarter)

    @property
    def error_words(self) -> str:
        """Why the last attempt failed, in the active language; `error` keeps what the program said."""
        return why_failed(self.error) if self.error else ""

    @property
    def is_ready(self) -> bool:
        return self.state == ReportState.READY

    @property
    def is_moving(self) -> bool:
        """Waiting or being made: a page that shows it asks again."""
        return self.state in {ReportState.QUEUED, ReportState.RUNNING}

    @property
    def filename(self) -> str:
        snapshot = self.snapshot
        return f"{snapshot.kind}-{snapshot.quarter}-r{snapshot.revision}.{self.locale}.pdf"
