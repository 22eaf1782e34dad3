from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from riskhub.oversight.health import work_health
from riskhub.oversight.permissions import can_read_work, can_watch_work
from riskhub.web.access import permitted
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest
from riskhub.work.models import Work
from riskhub.work.services import NotDead, retry_work

MOST_WAITING = 20


@require_safe
@permitted(can_read_work)
def work_list(request: SignedInRequest) -> HttpResponse:
    """What was given up, how far behind the workers are, and what comes next."""
    now = timezone.now()
    context = {
        "health": work_health(now),
        "page": paginate(request, Work.objects.dead().order_by("-id")),
        "waiting": Work.objects.waiting()[:MOST_WAITING],
        "now": now,
        "may_retry": can_watch_work(request.user),
    }
    return render_page(request, "oversight/work_list.html", context)


@require_POST
@permitted(can_watch_work)
def work_retry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Pressed on the home page or on the full list, and back to where it was pressed."""
    work = get_object_or_404(Work, pk=pk)
    try:
        retry_work(work, by=request.user)
    except NotDead as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Started again. A worker takes it within seconds."))
    return redirect("home" if request.POST.get("from") == "home" else "oversight:work_list")
