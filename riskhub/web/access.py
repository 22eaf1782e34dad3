"""Who may open a view. The predicates come from the packages: nothing here knows a role.

`@signed_in` comes directly on the view, below `@require_http_methods`; `@permitted(predicate)`
takes its place where the answer depends on the user alone. A permission that depends on the row is
asked in the view: `require(can_close_risk(request.user, risk))`.
"""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from riskhub.web.errors import session_over, signed_out_while_typing
from riskhub.web.requests import SignedInRequest, page_before, wants_part

if TYPE_CHECKING:
    from riskhub.accounts.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
SignedInView = Callable[Concatenate[SignedInRequest, P], HttpResponseBase]


def require(allowed: bool) -> None:
    """403 unless allowed."""
    if not allowed:
        raise PermissionDenied


def signed_in(view: SignedInView[P]) -> View[P]:
    """Nobody signed in: to the sign-in page and back; a part of a page says so and stays."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        return view(cast("SignedInRequest", request), *args, **kwargs)

    return guarded


def permitted(predicate: Callable[["User"], bool]) -> Callable[[SignedInView[P]], View[P]]:
    """Signed in, and the predicate says yes; else 403."""

    def decorate(view: SignedInView[P]) -> View[P]:
        @signed_in
        @wraps(view)
        def guarded(
            request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            require(predicate(request.user))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    if wants_part(request):
        return session_over(request)
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    # After signing in, back to the page that held the form: its own address may take POST only.
    return signed_out_while_typing(request) or redirect_to_login(page_before(request))
