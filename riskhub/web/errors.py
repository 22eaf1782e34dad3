"""Every refusal in words: what happened, what to do next, and the number of the request.

A whole page gets a page. A part of a page gets one note in `#notes`, so that the page below it and
everything typed into it stay. An API request gets JSON.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from riskhub.web.fronts import front_of
from riskhub.web.problems import problem_body
from riskhub.web.requests import is_api, page_before, wants_part

METHOD_NOT_ALLOWED = 405
TYPED_AT_LEAST = 8
"""Shorter values are quickly typed again; this also keeps names and numbers off the page."""
_SECRET = re.compile("pass|token|secret|code|key|_kept$", re.IGNORECASE)
"""Fields of which nothing is shown again: secrets, and what a form keeps of its files."""
_CHINESE = re.compile("[\u4e00-\u9fff]")
_NOT_TYPED = re.compile(r"[a-z_-]+|[0-9a-f-]+|[0-9T:.+-]+")
"""The code of a choice, a key, a hash, a day: the form wrote it, and nobody would copy it."""


@dataclass(frozen=True)
class Refusal:
    status: int
    code: str
    title: StrPromise
    advice: StrPromise


BAD_REQUEST = Refusal(
    400,
    "bad_request",
    _("This request cannot be read"),
    _("Go back, load the page again and repeat the step."),
)
FORBIDDEN = Refusal(
    403,
    "permission_denied",
    _("You may not do this"),
    _("Your role does not include it. The risk manager knows who may, or can give you the role."),
)
CSRF = Refusal(
    403,
    "csrf_failed",
    _("Not saved: the page was open too long"),
    _("Press the button once more. What you typed is still there."),
)
CSRF_PAGE = Refusal(
    403,
    "csrf_failed",
    _("Not saved: the page was open too long"),
    _("Open the page again and send it once more. The site needs cookies to be allowed."),
)
NOT_FOUND = Refusal(
    404,
    "not_found",
    _("Nothing is here"),
    _(
        "It does not exist, or it belongs to another department. Check the address or search for it."
    ),
)
NOT_ALLOWED = Refusal(
    METHOD_NOT_ALLOWED,
    "method_not_allowed",
    _("This page is opened by a button"),
    _("Go back and use the button on the page."),
)
CONFLICT = Refusal(
    409,
    "conflict",
    _("Not saved: somebody was faster"),
    _("It was changed while you had it open. Look at it as it is now, then decide again."),
)
TOO_LARGE = Refusal(
    413,
    "too_large",
    _("This is too large to send"),
    _("Send a smaller file, or fewer fields at once."),
)
TOO_MANY = Refusal(
    429,
    "throttled",
    _("Too many attempts"),
    _("Wait 15 minutes, then try again. If you forgot your password, ask the administrator."),
)
SERVER_ERROR = Refusal(
    500,
    "error",
    _("Something broke on our side"),
    _("Nothing was saved. Try again in a minute; if it stays, give the administrator the number."),
)
FILES_AWAY = Refusal(
    503,
    "files_away",
    _("The storage of files does not answer"),
    _(
        "Nothing was lost or changed. Try again in some minutes; if it stays, tell the administrator."
    ),
)
SIGNED_OUT = Refusal(
    401,
    "not_authenticated",
    _("You are signed out"),
    _("Sign in again in a new tab, then press the button here once more."),
)
SIGNED_OUT_PAGE = Refusal(
    401,
    "not_authenticated",
    _("Not saved: you are signed out"),
    _("You were away too long. Sign in, and send it once more."),
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    too_large = isinstance(exception, RequestDataTooBig)
    return answer(request, TOO_LARGE if too_large else BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return answer(request, FORBIDDEN)


def refused(request: HttpRequest, words: str) -> HttpResponse:
    """A 403 that says why."""
    return answer(request, replace(FORBIDDEN, advice=words))  # type: ignore[arg-type]  # a text is as good


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - the reason would tell
    return answer(request, NOT_FOUND)


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    return answer(request, NOT_ALLOWED)


def conflict(request: HttpRequest, words: str = "") -> HttpResponse:
    """Decided or changed meanwhile: `words` say what; the typed text stays, or is shown for copying."""
    refusal = replace(CONFLICT, advice=words) if words else CONFLICT  # type: ignore[arg-type]  # a text is as good
    facts = {"typed": _typed(request), "back": page_before(request)}
    return answer(request, refusal, "errors/409.html", **facts)


def files_away(request: HttpRequest) -> HttpResponse:
    """What was typed is shown for copying, and can be sent again."""
    facts = {
        "typed": _typed(request),
        "back": page_before(request),
        "has_files": bool(request.FILES),
    }
    response = answer(request, FILES_AWAY, "errors/csrf.html", **facts)
    response["Retry-After"] = "60"
    return response


def turned_away(
    request: HttpRequest,
    words: str,
    *to: Any,  # noqa: ANN401 - as redirect
    level: int = messages.ERROR,
) -> HttpResponse:
    """What the page was for is over: on to `to`, with `words`; who sent something keeps the text."""
    if request.method == "POST":
        return conflict(request, words)
    messages.add_message(request, level, words)
    return redirect(*to)


def session_over(request: HttpRequest) -> HttpResponse:
    return answer(request, SIGNED_OUT)


def signed_out_while_typing(request: HttpRequest) -> HttpResponse | None:
    """What a form brought that came too late, for copying; None where nothing was typed."""
    typed = _typed(request)
    facts = {"typed": typed, "back": page_before(request), "has_files": bool(request.FILES)}
    return answer(request, SIGNED_OUT_PAGE, "errors/signed_out.html", **facts) if typed else None


def locked_out(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    """Also called by django-axes, with the credentials that nobody should see again."""
    return answer(request, TOO_MANY)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The typed text is shown for copying; a part of a page gets a fresh token to send again with."""
    if wants_part(request):
        response = answer(request, CSRF)
        response["X-CSRF-Token"] = get_token(request)
        return response
    typed, back, has_files = _typed(request), page_before(request), bool(request.FILES)
    facts = {"typed": typed, "back": back, "has_files": has_files}
    return answer(request, CSRF_PAGE, "errors/csrf.html", **facts)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request's context: the database may be what is missing."""
    if wants_part(request) or is_api(request):
        return answer(request, SERVER_ERROR)
    page = get_template("errors/500.html").render(_facts(request, SERVER_ERROR))
    return HttpResponse(page, status=SERVER_ERROR.status)


def answer(
    request: HttpRequest, refusal: Refusal, template: str = "errors/error.html", **extra: object
) -> HttpResponse:
    facts = _facts(request, refusal)
    if is_api(request):
        problem = problem_body(refusal.code, str(refusal.title), request)
        return JsonResponse(problem, status=refusal.status)
    if wants_part(request):
        note = get_template("errors/note.html").render(facts | extra)
        response = HttpResponse(note, status=refusal.status)
        response["HX-Retarget"], response["HX-Reswap"] = "#notes", "innerHTML"
        response["HX-Reselect"] = "unset"
        return response
    extra["layout"] = _layout(request, refusal)
    if front := front_of(request.path):
        extra |= {"layout": front.layout, "front": front, **front.values()}
        if extra.get("back") == "/":
            extra["back"] = reverse(front.home)
    page = get_template(template).render(facts | extra, request)
    return HttpResponse(page, status=refusal.status)


def _layout(request: HttpRequest, refusal: Refusal) -> str:
    """Who may not do one thing goes on to another: the navigation stays. Others get a card of its own."""
    user = getattr(request, "user", None)
    is_inside = refusal.code == FORBIDDEN.code and user is not None and user.is_authenticated
    return "base.html" if is_inside else "base_entrance.html"


def _facts(request: HttpRequest, refusal: Refusal) -> dict[str, object]:
    request_id = str(getattr(request, "request_id", ""))
    return {"refusal": refusal, "request_id": request_id}


def _typed(request: HttpRequest) -> list[str]:
    """The longer texts of the refused form, no passwords: text for copying, not a form to send."""
    return [
        value
        for name, value in request.POST.items()
        if not _SECRET.search(name)
        and name not in {"next", "opened"}
        and isinstance(value, str)
        and _length(value.strip()) >= TYPED_AT_LEAST
        and not _NOT_TYPED.fullmatch(value)
    ]


def _length(text: str) -> int:
    """A Chinese character says as much as two letters at least: four of them are a sentence."""
    return len(text) + len(_CHINESE.findall(text))
