"""What complaints and incidents come to, on the page and as a file."""

from itertools import groupby

from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from incidents.forms.statistics import StatisticsForm
from incidents.permissions import can_read_statistics
from incidents.reports import FORMS, export_statistics
from incidents.statistics.figures import figures_of
from riskhub.web.access import permitted
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@permitted(can_read_statistics)
def statistics_detail(request: SignedInRequest) -> HttpResponse:
    form = StatisticsForm(request.GET, request.user)
    figures = figures_of(form.scope, timezone.now()) if form.is_valid() else []
    sections = [(name, list(found)) for name, found in groupby(figures, lambda one: one.section)]
    query = request.GET.copy()
    query.pop("format", None)
    context = {"form": form, "sections": sections, "query": query.urlencode()}
    return render_page(request, "incidents/statistics_detail.html", context)


@require_safe
@permitted(can_read_statistics)
def statistics_export(request: SignedInRequest) -> HttpResponseBase:
    """The figures that the page shows under the same address."""
    kind = request.GET.get("format", "")
    form = StatisticsForm(request.GET, request.user)
    if kind not in FORMS or not form.is_valid():
        raise BadRequest
    file = export_statistics(form.scope, kind)
    return FileResponse(
        file.content, as_attachment=True, filename=file.name, content_type=file.content_type
    )
