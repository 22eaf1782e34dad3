from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from riskhub.notices.models import Notice
from riskhub.notices.services import read_notice, read_notices
from riskhub.web.access import signed_in
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@signed_in
def notice_list(request: SignedInRequest) -> HttpResponse:
    """What I was told, newest first; `?unread=1` keeps to what I have not read."""
    mine = Notice.objects.visible_to(request.user)
    is_unread_only = request.GET.get("unread") == "1"
    shown = mine.unread() if is_unread_only else mine
    context = {
        "page": paginate(request, shown.order_by("-id")),
        "unread": mine.unread().count(),
        "is_unread_only": is_unread_only,
    }
    return render_page(request, "notices/notice_list.html", context)


@require_POST
@signed_in
def notice_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read it, and go where it leads."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    read_notice(notice, by=request.user)
    return redirect(notice.url)


@require_POST
@signed_in
def notice_read(request: SignedInRequest) -> HttpResponse:
    read_notices(by=request.user)
    messages.success(request, _("All marked as read."))
    return redirect("notices:notice_list")
