"""A customer follows their complaint: number and secret open its page for two hours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incidents.complaints.opened import close_in, open_in, opened_in
from incidents.complaints.tracking import story_of
from incidents.forms.tracking import TrackingForm
from incidents.models import Complaint
from incidents.views.public import customer_page

PAGE_METHODS = ["GET", "HEAD", "POST"]
LONGEST_NUMBER = 20


@require_http_methods(PAGE_METHODS)
def tracking_open(request: HttpRequest) -> HttpResponse:
    """Number and secret, by a form alone; a link may bring the number, never the secret."""
    number = request.GET.get("number", "")[:LONGEST_NUMBER]
    form = TrackingForm(request.POST or None, initial={"number": number})
    if request.method == "POST" and form.is_valid() and form.complaint:
        request.session.cycle_key()
        open_in(request.session, form.complaint.code, timezone.now())
        return redirect("incidents:tracking_detail")
    return customer_page(request, "incidents/tracking_open.html", {"form": form})


@require_safe
def tracking_detail(request: HttpRequest) -> HttpResponse:
    """How it stands, for as long as the browser has it open."""
    complaint = _opened(request)
    if complaint is None:
        return redirect("incidents:tracking_open")
    return _shown(request, complaint)


@require_POST
def tracking_leave(request: HttpRequest) -> HttpResponse:
    """Whoever uses the browser next has to know the secret again."""
    close_in(request.session)
    return redirect("incidents:tracking_open")


def _opened(request: HttpRequest) -> Complaint | None:
    code = opened_in(request.session, timezone.now())
    return Complaint.objects.filter(code=code).first() if code else None


def _shown(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    context = {
        "complaint": complaint,
        "story": story_of(complaint, timezone.now()),
        "said": complaint.messages.for_customer(),
        "offers": complaint.offers.for_customer(),
    }
    return customer_page(request, "incidents/tracking_detail.html", context)
