"""Freeze once, render on demand: what a request for a report does."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.services import seal_events
from riskhub.company.calendar import Quarter
from riskhub.reports.canonical import write_canonical
from riskhub.reports.kinds import report_kind
from riskhub.reports.models import Report, ReportSnapshot
from riskhub.reports.services.rendering import RENDER
from riskhub.work.services import owe_work

ATTEMPTS = 3
SEALS_AT_ONCE = 10_000


class UnknownLanguage(ValueError):  # noqa: N818 - reads as what it says
    """Reports come in the languages of the product only."""


def request_report(
    kind: str, quarter: Quarter, *, by: User | None, language: str, revision_reason: str = ""
) -> Report:
    """Return the stored report of the period, or freeze its data and owe the rendering.

    The other language comes from the same snapshot. Only a reason for a revision freezes anew, and
    the earlier revision stays. Call it outside any transaction: the freeze needs its own.
    """
    if language not in dict(settings.LANGUAGES):
        raise UnknownLanguage(language)
    _seal_everything()
    left = ATTEMPTS
    while True:
        left -= 1
        try:
            return _request(kind, quarter, by, language, revision_reason.strip())
        except (IntegrityError, OperationalError):
            # Somebody froze the same period meanwhile: theirs is found now.
            if not left:
                raise


def _request(
    kind: str, quarter: Quarter, by: User | None, language: str, revision_reason: str
) -> Report:
    with _one_view_of_the_data(), acting(by, "report.requested", revision_reason):
        snapshot = ReportSnapshot.objects.newest_of(kind, quarter)
        if snapshot is None or revision_reason:
            snapshot = _freeze(kind, quarter, by, snapshot, revision_reason)
        report, is_new = Report.objects.get_or_create(
            snapshot=snapshot, locale=language, defaults={"requested_by": by}
        )
        if is_new:
            owe_work(RENDER, f"{RENDER}:{report.pk}", {"report": report.pk}, by=by)
        return report


def _seal_everything() -> None:
    """In transactions of its own, so that the head hash in the report covers what was before."""
    sealed = SEALS_AT_ONCE
    while sealed == SEALS_AT_ONCE:
        sealed = seal_events(SEALS_AT_ONCE)


@contextmanager
def _one_view_of_the_data() -> Iterator[None]:
    """Every read sees the same moment. PostgreSQL takes this only as the first statement."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _freeze(
    code: str,
    quarter: Quarter,
    by: User | None,
    superseded: ReportSnapshot | None,
    reason: str,
) -> ReportSnapshot:
    last = ReportSnapshot.objects.newest_of(code, quarter.previous)
    as_of, revision = timezone.now(), superseded.revision + 1 if superseded else 1
    content = report_kind(code).build(
        quarter,
        as_of=as_of,
        revision=revision,
        revision_reason=reason if superseded else "",
        last=last.data if last else None,
    )
    return ReportSnapshot.objects.create(
        kind=code,
        period_start=quarter.starts_on,
        period_end=quarter.ends_on,
        as_of=as_of,
        is_draft=content["meta"]["is_draft"],
        revision=revision,
        scheme_number=content["meta"]["scheme"],
        content=write_canonical(content),
        made_by=by,
        reason=reason if superseded else "",
        supersedes=superseded,
    )
