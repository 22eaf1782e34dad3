from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from riskhub.notices.forms import SubscriptionForm
from riskhub.notices.services import subscribe
from riskhub.notices.topics import TOPICS
from riskhub.web.access import signed_in
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def subscription_edit(request: SignedInRequest) -> HttpResponse:
    """One's own: how one hears of what."""
    form = SubscriptionForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        hour, locale = form.cleaned_data["hour"], form.cleaned_data["locale"]
        subscribe(
            request.user, by=request.user, deliveries=form.deliveries, hour=hour, locale=locale
        )
        with override(locale):
            messages.success(request, _("Saved. It counts for what comes from now on."))
        return redirect("notices:notice_list")
    fixed = [topic for topic in TOPICS if len(topic.offered) == 1]
    context = {"form": form, "fixed": fixed}
    return render_page(request, "notices/subscription_edit.html", context)
