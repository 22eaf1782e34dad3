from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from riskhub.web import preferences
from riskhub.web.access import signed_in
from riskhub.web.offline import works_offline
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_POST
def preference_save(request: HttpRequest) -> HttpResponse:
    """Keep one choice and go back to the page it was made on."""
    chosen = [(name, request.POST[name]) for name in preferences.CHOICES if name in request.POST]
    if not chosen or any(value not in preferences.CHOICES[name] for name, value in chosen):
        raise BadRequest
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    response = HttpResponseRedirect(back)
    for name, value in chosen:
        preferences.write(request, response, name, value)
    return response


@require_safe
@works_offline
@signed_in
def phone_outbox(request: SignedInRequest) -> HttpResponse:
    """What waits on this phone, which alone knows it; asked before sending for who is signed in."""
    return render_page(request, "web/phone_outbox.html")


@require_safe
def phone_worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The service worker of the forms: its address, not a header, keeps it to /m/."""
    script = (settings.BASE_DIR / "static" / "riskhub" / "worker.js").read_bytes()
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")
