"""What every request gets and every answer carries. The order stands in settings.MIDDLEWARE."""

import json
from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import uuid4

import structlog
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers

from riskhub.audit.context import entered
from riskhub.audit.versions import StaleVersion
from riskhub.web import errors, preferences
from riskhub.web.requests import client_ip, is_api, wants_part

GetResponse = Callable[[HttpRequest], HttpResponseBase]

_POLICY = "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
_HX_HEADERS = (
    "HX-Request",
    "HX-Target",
    "HX-Boosted",
    "HX-History-Restore-Request",
    "X-Page-Language",
)


def request_id(get_response: GetResponse) -> GetResponse:
    """One id for the request in audit events, logs and error pages; no answer is kept in a cache."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.request_id = uuid4()  # type: ignore[attr-defined]  # see WebRequest
        with (
            entered(request_id=request.request_id, ip=client_ip(request)),  # type: ignore[attr-defined]
            structlog.contextvars.bound_contextvars(request_id=str(request.request_id)),  # type: ignore[attr-defined]
        ):
            response = get_response(request)
        response["X-Request-ID"] = str(request.request_id)  # type: ignore[attr-defined]
        response["Permissions-Policy"] = _POLICY
        if not request.path_info.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store"
        return response

    return middleware


def user_language(get_response: GetResponse) -> GetResponse:
    """The signed-in user's language, else the choice made in this browser, else Chinese.

    A part comes in the language of the page for which it is asked, whatever was chosen since; the
    API answers in the one that its program asks for.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        asked = preferences.language_asked(request) if is_api(request) else _page_language(request)
        language = asked or preferences.read(request, "language")
        translation.activate(language)
        request.LANGUAGE_CODE = language  # as Django's LocaleMiddleware
        response = get_response(request)
        response.headers.setdefault("Content-Language", preferences.html_language(language))
        return response

    return middleware


def _page_language(request: HttpRequest) -> str:
    """Of the page that stands in the browser; empty where a whole page is loaded."""
    if "HX-Request" not in request.headers:
        return ""
    named = request.headers.get("X-Page-Language", "")
    codes = preferences.CHOICES["language"]
    return next((code for code in codes if preferences.html_language(code) == named), "")


def htmx_responses(get_response: GetResponse) -> GetResponse:
    """Lets views redirect and add messages as if htmx did not exist."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        patch_vary_headers(response, _HX_HEADERS)
        if not wants_part(request):
            _explain(request, response)
        elif "Location" in response:
            _follow(request, response)
        elif isinstance(response, HttpResponse):
            _fit(request, response)
        return response

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return errors.conflict(request) if isinstance(exception, StaleVersion) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # Django's hook
    return middleware


def _explain(request: HttpRequest, response: HttpResponseBase) -> None:
    """An answer without words (405) gets a page that says what to do."""
    if response.status_code != errors.METHOD_NOT_ALLOWED or request.method == "HEAD":
        return
    if isinstance(response, HttpResponse) and not response.content:
        page = errors.method_not_allowed(request)
        response.content = page.content
        response["Content-Type"] = page["Content-Type"]


def _follow(request: HttpRequest, response: HttpResponseBase) -> None:
    """A redirect becomes `HX-Location`: fetched and swapped in place of `#page`.

    The sign-in page and other sites are opened as a page of their own.
    """
    url = response["Location"]
    del response["Location"]
    response.status_code = 204
    target = urlsplit(url)
    elsewhere = bool(target.netloc) and target.netloc != request.get_host()
    if elsewhere or target.path == resolve_url(settings.LOGIN_URL):
        response["HX-Redirect"] = url
        return
    here = request.htmx.current_url_abs_path or ""  # type: ignore[attr-defined]  # see WebRequest
    same_page = urlsplit(here).path == target.path
    spec = {
        "path": url,
        "target": "#page",
        "select": "#page",
        "swap": "outerHTML" if same_page else "outerHTML show:window:top",
    }
    if here == url.partition("#")[0]:
        spec["push"] = "false"
    response["HX-Location"] = json.dumps(spec)


def _fit(request: HttpRequest, response: HttpResponse) -> None:
    """A whole page goes into `#page`, never into a small target; a part brings the messages along."""
    if not response.get("Content-Type", "").startswith("text/html"):
        return
    if response.content.lstrip()[:9].lower() == b"<!doctype":
        response["HX-Retarget"] = response["HX-Reselect"] = "#page"
        response["HX-Reswap"] = "outerHTML"
    elif messages := list(get_messages(request)):
        response.content += render_to_string(
            "components/messages_oob.html", {"messages": messages}, request
        ).encode()


def no_zero_bytes(get_response: GetResponse) -> GetResponse:
    """An address with a zero byte names nothing: PostgreSQL would refuse it in the middle of a view."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info:
            return errors.page_not_found(request)
        if "%00" in request.META.get("QUERY_STRING", ""):
            return errors.bad_request(request)
        return get_response(request)

    return middleware
