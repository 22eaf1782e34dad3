"""Which groups outside are told of what. The administrator keeps them."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from riskhub.notices.forms import WebhookEditForm, WebhookForm
from riskhub.notices.models import Webhook
from riskhub.notices.permissions import can_keep_webhooks
from riskhub.notices.services import create_webhook, edit_webhook, remove_webhook, try_webhook
from riskhub.notices.topics import TOPICS
from riskhub.web.access import permitted
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

LIST = "notices:webhook_list"


@require_safe
@permitted(can_keep_webhooks)
def webhook_list(request: SignedInRequest) -> HttpResponse:
    names = {topic.key: topic.name for topic in TOPICS}
    rows = [
        (webhook, [names[key] for key in webhook.topics if key in names])
        for webhook in Webhook.objects.visible_to(request.user).order_by("name")
    ]
    return render_page(request, "notices/webhook_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(can_keep_webhooks)
def webhook_create(request: SignedInRequest) -> HttpResponse:
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            webhook = create_webhook(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is saved. Try it now.") % {"name": webhook})
            return redirect(LIST)
    return render_page(request, "notices/webhook_create.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(can_keep_webhooks)
def webhook_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name, language and topics; the address is replaced only when it is typed again."""
    webhook = get_object_or_404(Webhook.objects.visible_to(request.user), pk=pk)
    form = WebhookEditForm(request.POST or None, instance=copy(webhook))
    if request.method == "POST" and form.is_valid():
        try:
            edit_webhook(webhook, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
            return redirect(LIST)
    context = {"form": form, "webhook": webhook}
    return render_page(request, "notices/webhook_edit.html", context)


@require_POST
@permitted(can_keep_webhooks)
def webhook_try(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a word now, and say whether it arrived."""
    webhook = get_object_or_404(Webhook.objects.visible_to(request.user), pk=pk)
    try:
        try_webhook(webhook, by=request.user)
    except ValidationError as refusal:
        fault = refusal.messages[0]
        messages.error(
            request, _("Nothing arrived at %(name)s: %(fault)s") % {"name": webhook, "fault": fault}
        )
    else:
        messages.success(request, _("A trial message was sent to %(name)s.") % {"name": webhook})
    return redirect(LIST)


@require_POST
@permitted(can_keep_webhooks)
def webhook_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    webhook = get_object_or_404(Webhook.objects.visible_to(request.user), pk=pk)
    remove_webhook(webhook, by=request.user)
    messages.success(request, _("%(name)s is told of nothing any more.") % {"name": webhook})
    return redirect(LIST)
