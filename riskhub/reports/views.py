"""The library of reports: what was made, making another, taking one away."""

from django.contrib import messages
from django.db.models import Case, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from riskhub.company.calendar import Quarter
from riskhub.company.preferences import company_zone
from riskhub.entry.day_words import moment
from riskhub.files.store import FileDamaged
from riskhub.reports.choices import ReportState
from riskhub.reports.forms import ReportForm
from riskhub.reports.models import Report
from riskhub.reports.permissions import can_make_report, can_read_reports
from riskhub.reports.querysets import ReportQuerySet
from riskhub.reports.services import RENDER, download_report, request_report
from riskhub.web.access import permitted, require
from riskhub.web.pagination import paginate
from riskhub.web.rendering import STOP_POLLING, render_page
from riskhub.web.requests import SignedInRequest
from riskhub.work.progress import progress_of

QUARTERLY = "quarterly"


@require_safe
@permitted(can_read_reports)
def report_list(request: SignedInRequest) -> HttpResponse:
    form = ReportForm(kind=QUARTERLY, now=timezone.now(), zone=company_zone())
    return _library(request, form)


@require_POST
@permitted(can_read_reports)
def report_make(request: SignedInRequest) -> HttpResponse:
    """Freeze and owe the rendering, or owe another language of what is frozen."""
    now = timezone.now()
    form = ReportForm(request.POST, kind=QUARTERLY, now=now, zone=company_zone())
    require(can_make_report(request.user))
    if not form.is_valid():
        return _library(request, form)
    report = request_report(
        QUARTERLY,
        Quarter.parse(form.cleaned_data["quarter"]),
        by=request.user,
        language=form.cleaned_data["language"],
        revision_reason=form.cleaned_data["revision_reason"],
    )
    if report.snapshot.as_of < now:
        messages.info(request, _frozen_before(report))
    return redirect("reports:report_detail", report.pk)


@require_safe
@permitted(can_read_reports)
def report_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is in it, how far it is, and what stands for it; asks again while it is being made."""
    reports = Report.objects.visible_to(request.user).select_related(
        "snapshot__supersedes", "file", "requested_by"
    )
    report = get_object_or_404(reports, pk=pk)
    context = {
        "report": report,
        "others": reports.filter(snapshot=report.snapshot).exclude(pk=pk),
        "job": progress_of(f"{RENDER}:{report.pk}"),
        "steps": _steps(report),
        "newer": _newer(reports, report),
        "is_outdated_draft": report.snapshot.is_draft
        and report.snapshot.quarter.is_over(timezone.now(), company_zone()),
    }
    response = render_page(request, "reports/report_detail.html", context)
    if not report.is_moving and request.htmx.target == "report-progress":
        response.status_code = STOP_POLLING
    return response


@require_safe
@permitted(can_read_reports)
def report_download(request: SignedInRequest, pk: int) -> HttpResponse:
    """The stored bytes, checked against their hash on the way out, and written into the audit."""
    ready = Report.objects.visible_to(request.user).ready().select_related("snapshot", "file")
    report = get_object_or_404(ready, pk=pk)
    try:
        content = download_report(report, by=request.user)
    except FileDamaged:
        messages.error(
            request, _("The stored file is damaged. Tell the administrator: a backup holds it.")
        )
        return redirect("reports:report_detail", report.pk)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{report.filename}"'
    return response


def _frozen_before(report: Report) -> str:
    words = _(
        "%(quarter)s was frozen on %(when)s as revision %(number)s: here it is. "
        "Its data are frozen anew only with a reason of the revision."
    )
    facts = {"quarter": report.quarter_name, "number": report.snapshot.revision}
    return words % {**facts, "when": moment(report.snapshot.as_of)}


def _library(request: SignedInRequest, form: ReportForm) -> HttpResponse:
    reports = Report.objects.visible_to(request.user).newest_first()
    context = {
        "page": paginate(request, reports),
        "form": form,
        "can_make": can_make_report(request.user),
    }
    return render_page(request, "reports/report_list.html", context)


def _newer(reports: ReportQuerySet, report: Report) -> Report | None:
    """What replaced it: of the newest revision, in the same language where it was made."""
    snapshot = report.snapshot
    period = reports.filter(
        snapshot__kind=snapshot.kind,
        snapshot__period_start=snapshot.period_start,
        snapshot__revision__gt=snapshot.revision,
    )
    same = Case(When(locale=report.locale, then=0), default=1)
    return period.order_by("-snapshot__revision", same).first()


def _steps(report: Report) -> list[dict[str, str]]:
    """Frozen, rendered, stored: where the report is."""
    is_ready = report.is_ready
    places = {
        ReportState.QUEUED: ("done", "now", ""),
        ReportState.RUNNING: ("done", "now", ""),
        ReportState.FAILED: ("done", "now", ""),
        ReportState.READY: ("done", "done", "done"),
    }[ReportState(report.state)]
    count = report.pages or 0
    words = ngettext("%(count)d page", "%(count)d pages", count) % {"count": count}
    pages = words if is_ready else ""
    facts = (report.snapshot.sha256[:12], pages or report.get_state_display(), "")
    names = (_("Data frozen"), _("Pages made"), _("Stored and checked"))
    rows = zip(names, facts, places, strict=True)
    return [{"name": name, "fact": fact, "place": place} for name, fact, place in rows]
