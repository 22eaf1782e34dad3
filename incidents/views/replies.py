"""Templates of replies to customers."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from incidents.forms.replies import ReplyForm
from incidents.models import ReplyTemplate
from incidents.permissions import can_edit_replies, can_read_replies
from incidents.services.replies import add_reply, edit_reply
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import permitted
from riskhub.web.conflicts import conflict_of
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]
LIST = "incidents:reply_list"


@require_safe
@permitted(can_read_replies)
def reply_list(request: SignedInRequest) -> HttpResponse:
    context = {
        "replies": ReplyTemplate.objects.order_by("-is_active", "order", "pk"),
        "may_edit": can_edit_replies(request.user),
    }
    return render_page(request, "incidents/reply_list.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_replies)
def reply_create(request: SignedInRequest) -> HttpResponse:
    form: Any = ReplyForm(request.POST or None)
    form.fields.pop("order")
    if request.method == "POST" and form.is_valid():
        add_reply(by=request.user, **form.changes())
        return _saved(request, form)
    return render_page(request, "incidents/reply_create.html", {"form": form})


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_replies)
def reply_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody saved in between: 409, both texts, and what was typed stays in the form."""
    reply = get_object_or_404(ReplyTemplate, pk=pk)
    form: Any = ReplyForm(request.POST or None, instance=copy(reply))
    context: dict[str, Any] = {"reply": reply, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            edit_reply(
                reply, by=request.user, version=form.cleaned_data["row_version"], **form.changes()
            )
        except StaleVersion as stale:
            conflict = conflict_of(form, stale.current)
            context |= {"form": conflict.form, "conflict": conflict}
            return render_page(request, "incidents/reply_edit.html", context, status=409)
        return _saved(request, form)
    return render_page(request, "incidents/reply_edit.html", context)


def _saved(request: SignedInRequest, form: ReplyForm) -> HttpResponse:
    messages.success(request, _("%(name)s is saved.") % {"name": form.instance})
    return redirect(LIST)
