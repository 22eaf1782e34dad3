"""The queue of complaints, and the page of one."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from incidents.complaints.contact import Contact, masked
from incidents.complaints.durations import time_in_words
from incidents.complaints.filters import VIEWS, ComplaintFilter
from incidents.complaints.history import history_of
from incidents.complaints.page import clauses_of, links_of, others_of, ways_of
from incidents.complaints.rows import clocks_of, queue_keys, rows_of
from incidents.complaints.telling import facts_of, reached_by
from incidents.models import Complaint
from incidents.permissions import can_handle_any, can_read_complaints, may_handle
from incidents.services.contacts import open_contact
from incidents.views.stepping import handled_complaint, visible_complaint
from registers.listing.tabs import tabs_of
from riskhub.company.business_calendar import working_time
from riskhub.web.access import permitted, signed_in
from riskhub.web.filters import filter_chips, shown_as
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@permitted(can_read_complaints)
def complaint_list(request: SignedInRequest) -> HttpResponse:
    """What is open, the clock that ends next at the top; all three clocks in each row."""
    now = timezone.now()
    filtered = ComplaintFilter(request.GET, request.user, now)
    page = paginate(request, filtered.qs, load=Complaint.objects.for_queue())
    current = filtered.data.get("view", "")
    context = {
        "page": page,
        "rows": rows_of(page, request.user, working_time(), now),
        "filtered": filtered,
        "views": tabs_of(
            VIEWS, filtered.tally(), current, lambda key: shown_as(filtered.data, view=key)
        ),
        "chips": filter_chips(filtered.form, request),
        "may_file": can_handle_any(request.user),
        "shortcuts": queue_keys(request.user),
    }
    return render_page(request, "incidents/complaint_list.html", context)


@require_safe
@signed_in
def complaint_detail(request: SignedInRequest, code: str) -> HttpResponse:
    return _page(request, visible_complaint(request, code))


@require_POST
@signed_in
def complaint_unmask(request: SignedInRequest, code: str) -> HttpResponse:
    """The same page with the whole contact: for whoever calls the customer; no address leads to it."""
    complaint = handled_complaint(request, code)
    return _page(request, complaint, open_contact(complaint, by=request.user))


def _page(
    request: SignedInRequest, complaint: Complaint, contact: Contact | None = None
) -> HttpResponse:
    """What the customer says, the clocks, what was said and offered since; `contact` is shown in full."""
    offers = [*complaint.offers.select_related("made_by", "approved_by").order_by("-pk")]
    for offer in offers:
        offer.complaint = complaint
    context = {
        "complaint": complaint,
        "clocks": [*clocks_of(complaint, working_time(), timezone.now())],
        "facts": facts_of(complaint),
        "said": complaint.messages.select_related("author").order_by("pk"),
        "offers": offers,
        "ways": ways_of(complaint, request.user, offers),
        "clauses": clauses_of(complaint),
        "links": links_of(complaint, request.user),
        "history": history_of(complaint),
        "reached": reached_by(contact or masked(complaint)),
        "is_unmasked": contact is not None,
        "time": time_in_words(complaint.times),  # type: ignore[attr-defined]  # of `for_page`
        "may_handle": may_handle(request.user, complaint),
        "may_unmask": contact is None and may_handle(request.user, complaint),
        "others": others_of(complaint, request.user),
    }
    return render_page(request, "incidents/complaint_detail.html", context)
