"""The log: its list, one event, one request, and the same as a file."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from riskhub.audit.models import AuditEvent
from riskhub.oversight.belonging import tell_to
from riskhub.oversight.filters import EventFilter
from riskhub.oversight.forms import NoteForm
from riskhub.oversight.groups import count_of, counted, groups_of
from riskhub.oversight.notes import notes_on
from riskhub.oversight.permissions import can_audit, can_read_audit, can_read_own_log
from riskhub.oversight.reports import MOST, TooMany, export_events
from riskhub.oversight.scope import events_visible_to, is_audited_by
from riskhub.oversight.seals import seal_standing
from riskhub.oversight.services import note_on_event
from riskhub.reports.writers.csv import CONTENT_TYPE
from riskhub.web.access import permitted, require
from riskhub.web.filters import FilterChip, filter_chips, query_without_place
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@permitted(can_read_own_log)
def event_list(request: SignedInRequest) -> HttpResponse:
    """What happened, newest first, by requests; for who reads all of it also the head hash."""
    filtered = EventFilter(request.GET, request.user)
    chips = filter_chips(filtered.form, request)
    context = {
        "page": groups_of(filtered.qs, filtered.before, request.user),
        "count": counted(count_of(filtered.qs)),
        "chips": chips,
        "complaint": filtered.complaint,
        "row": filtered.row_words,
        "clear_url": request.path if any(chip.words for chip in chips) else "",
        "search": [FilterChip(filtered.form["q"], request.GET.get("q", ""), "")],
        "standing": seal_standing() if can_read_audit(request.user) else None,
        "query": query_without_place(request.GET),
    }
    return render_page(request, "oversight/event_list.html", context)


@require_GET
@permitted(can_read_own_log)
def event_export(request: SignedInRequest) -> HttpResponseBase:
    """Exactly the events that the list shows under the same address, with their seals."""
    filtered = EventFilter(request.GET, request.user)
    query = query_without_place(request.GET)
    try:
        file = export_events(filtered.qs, by=request.user, query=query)
    except TooMany:
        words = _(
            "A file holds %(most)s events at most. Choose fewer days, and take several files."
        )
        messages.error(request, words % {"most": f"{MOST:,}"})
        return redirect(f"{reverse('oversight:event_list')}{query and '?'}{query}")
    return FileResponse(
        file.content, as_attachment=True, filename=file.name, content_type=CONTENT_TYPE
    )


@require_safe
@permitted(can_read_own_log)
def event_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One event: before and after, its seal, and what auditors noted beside it."""
    event = _visible(request, pk)
    context = {
        "event": event,
        "told": tell_to(request.user, [event])[0],
        "seal": getattr(event, "seal", None),
        "notes": notes_on(event),
        "may_note": is_audited_by(request.user, event),
    }
    return render_page(request, "oversight/event_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(can_audit)
def note_create(request: SignedInRequest, pk: int) -> HttpResponse:
    event = _visible(request, pk)
    require(is_audited_by(request.user, event))
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"text": form.cleaned_data["text"], "key": form.given_key}
        try:
            note_on_event(event, by=request.user, is_general=form.is_general, **facts)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The note stands in the log."))
            return redirect("oversight:event_detail", pk)
    context = {"event": event, "told": tell_to(request.user, [event])[0], "form": form}
    return render_page(request, "oversight/note_create.html", context)


@require_safe
@permitted(can_read_own_log)
def request_detail(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    """Everything that was done at once, in the order in which it was done."""
    events = events_visible_to(request.user).filter(request_id=request_id).order_by("pk")
    page = paginate(request, events)
    if not page.count:
        raise Http404
    context = {
        "page": page,
        "told": tell_to(request.user, page),
        "first": page.rows[0],
        "key": request_id,
    }
    return render_page(request, "oversight/request_detail.html", context)


def _visible(request: SignedInRequest, pk: int) -> AuditEvent:
    """404 where it does not exist or is not the user's to read."""
    return get_object_or_404(events_visible_to(request.user).select_related("seal"), pk=pk)
