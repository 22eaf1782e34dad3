"""What stands for the log: its seals, and the verifications."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from riskhub.oversight.forms import VerifyForm
from riskhub.oversight.permissions import can_read_audit
from riskhub.oversight.seals import last_verdicts, seal_page, seal_standing, seals_found
from riskhub.oversight.services import request_verification
from riskhub.oversight.verification import running_verification
from riskhub.oversight.words import tell
from riskhub.web.access import permitted
from riskhub.web.filters import place_asked
from riskhub.web.rendering import STOP_POLLING, render_page
from riskhub.web.requests import SignedInRequest

LAST = 10


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(can_read_audit)
def audit_verify(request: SignedInRequest) -> HttpResponse:
    """Every hash is recomputed in the background; this page says how far it is, and what was found."""
    if request.method == "POST":
        form = VerifyForm(request.POST)
        key = (form.is_valid() and form.cleaned_data["key"]) or uuid4()
        if not request_verification(key, by=request.user):
            messages.info(request, _("A verification is under way already."))
        return redirect("oversight:audit_verify")
    running = running_verification()
    context = {
        "running": running,
        "standing": seal_standing(),
        "verdicts": last_verdicts(LAST),
        "key": uuid4(),
    }
    is_over = running is None and request.htmx.target == "verify-state"
    status = STOP_POLLING if is_over else None
    return render_page(request, "oversight/audit_verify.html", context, status=status)


@require_safe
@permitted(can_read_audit)
def seal_list(request: SignedInRequest) -> HttpResponse:
    """Newest first; a hash that somebody kept is found by how it begins."""
    text = request.GET.get("q", "")[:64]
    page = seal_page(seals_found(text), place_asked(request.GET))
    rows = list(zip(page.seals, tell(seal.event for seal in page.seals), strict=True))
    context = {"page": page, "rows": rows, "q": text}
    return render_page(request, "oversight/seal_list.html", context)
