"""What a view receives: a request with an id, HTMX's details and, behind `signed_in`, a user."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from riskhub.accounts.models import User


class WebRequest(HttpRequest):
    request_id: UUID
    htmx: HtmxDetails


class SignedInRequest(WebRequest):
    user: "User"


def client_ip(request: HttpRequest) -> str:
    """The address of the browser; behind N of our own proxies, the Nth from the right they wrote."""
    hops: int = settings.PROXY_HOPS
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if hops and len(forwarded) >= hops and forwarded[-hops]:
        return forwarded[-hops]
    return str(request.META.get("REMOTE_ADDR", ""))


def page_before(request: HttpRequest) -> str:
    """The path of the page that led here, of this site only; else the home page."""
    referrer = urlsplit(request.headers.get("Referer", ""))
    same_site = referrer.netloc == request.get_host()
    is_path = referrer.path.startswith("/") and not referrer.path.startswith("//")
    return referrer.path if same_site and is_path else "/"


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks, and reads JSON."""
    return request.path_info.startswith("/api/")


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page, not for a page to show or to go back to."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    if htmx is None or not htmx:
        return False
    return not htmx.boosted and not htmx.history_restore_request
