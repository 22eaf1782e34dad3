from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from riskhub.oversight.filters import EventFilter
from riskhub.oversight.groups import count_of, counted, groups_of
from riskhub.oversight.permissions import can_read_audit, can_read_own_log
from riskhub.oversight.scope import events_visible_to
from riskhub.oversight.seals import seal_standing
from riskhub.oversight.services import verify_audit
from riskhub.oversight.words import tell
from riskhub.web.access import permitted
from riskhub.web.filters import FilterChip, filter_chips
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@permitted(can_read_own_log)
def event_list(request: SignedInRequest) -> HttpResponse:
    """What happened, newest first, by requests; for who reads all of it also the head hash."""
    filtered = EventFilter(request.GET, events_visible_to(request.user))
    chips = filter_chips(filtered.form, request)
    context = {
        "page": groups_of(filtered.qs, filtered.before),
        "count": counted(count_of(filtered.qs)),
        "chips": chips,
        "clear_url": request.path if any(chip.words for chip in chips) else "",
        "search": [FilterChip(filtered.form["q"], request.GET.get("q", ""), "")],
        "standing": {"seals": seal_standing()} if can_read_audit(request.user) else None,
    }
    return render_page(request, "oversight/event_list.html", context)


@require_safe
@permitted(can_read_own_log)
def request_detail(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    """Everything that was done at once, in the order in which it was done."""
    events = events_visible_to(request.user).filter(request_id=request_id).order_by("pk")
    page = paginate(request, events)
    if not page.count:
        raise Http404
    context = {"page": page, "told": tell(page), "first": page.rows[0], "key": request_id}
    return render_page(request, "oversight/request_detail.html", context)


@require_POST
@permitted(can_read_audit)
def audit_verify(request: SignedInRequest) -> HttpResponse:
    """Recompute every hash now; the result is a message and an event of its own."""
    found = verify_audit(by=request.user)
    if found.is_whole:
        words = ngettext(
            "The log is whole: %(count)d event, head %(head)s.",
            "The log is whole: %(count)d events, head %(head)s.",
            found.events,
        )
        messages.success(request, words % {"count": found.events, "head": found.head_hash[:12]})
    else:
        words = _("The log is broken: %(fault)s. Tell the auditor and keep the machine as it is.")
        messages.error(request, words % {"fault": found.fault})
    return redirect("oversight:event_list")
