"""Language, appearance and single keys: kept with the user where signed in, else in a cookie.

What somebody chooses on the sign-in page and then signs in is meant for themselves: it goes to the
user. An older cookie does not, as another person may have left it in this browser.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation.trans_real import (
    get_supported_language_variant,
    parse_accept_lang_header,
)

if TYPE_CHECKING:
    from rest_framework.request import Request

    from riskhub.accounts.models import User

Keeper = Callable[["User", str], None]

CHOICES: dict[str, tuple[str, ...]] = {
    "language": tuple(code for code, _name in settings.LANGUAGES),
    "theme": ("auto", "light", "dark"),
    "keys": ("on", "off"),
}
_FIELDS = {"language": "locale", "theme": "theme"}
_HOUR = 60 * 60
_YEAR = 365 * 24 * _HOUR
_keepers: dict[str, Keeper] = {}


def keep_with(preference: str, keeper: Keeper) -> None:
    """Called by the package that owns the users, so that this one need not know it."""
    _keepers[preference] = keeper


def read(request: HttpRequest, preference: str) -> str:
    """What the user chose, else the cookie of this browser, else the first choice."""
    choices = CHOICES[preference]
    user = getattr(request, "user", None)
    field = _FIELDS.get(preference)
    if user is not None and field and user.is_authenticated:
        value: str = getattr(user, field, "")
    else:
        value = request.COOKIES.get(_cookie_name(preference), "")
    return value if value in choices else choices[0]


def write(request: HttpRequest, response: HttpResponse, preference: str, value: str) -> None:
    """Into the cookie always, so that the sign-in page keeps it; with the user where there is one."""
    user: Any = request.user
    keeper = _keepers.get(preference)
    if user.is_authenticated:
        if keeper:
            keeper(user, value)
    elif keeper:
        _set_cookie(response, _fresh_name(preference), value, _HOUR)
    _set_cookie(response, _cookie_name(preference), value, _YEAR)


def take_along(request: HttpRequest, response: HttpResponse, user: "User") -> None:
    """Whoever has just signed in keeps what was chosen here before; asked once, then forgotten."""
    for preference, keeper in _keepers.items():
        name = _fresh_name(preference)
        if name not in request.COOKIES:
            continue
        value = request.COOKIES[name]
        if value in CHOICES[preference] and value != getattr(user, _FIELDS[preference]):
            keeper(user, value)
        response.delete_cookie(name, samesite="Lax")


def language_asked(request: "HttpRequest | Request") -> str:
    """The first of ours that `Accept-Language` names; empty where it names none."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return ""


def html_language(code: str) -> str:
    """`zh-hans` in code and URLs is `zh-Hans` in HTML."""
    return "zh-Hans" if code == "zh-hans" else code


def _set_cookie(response: HttpResponse, name: str, value: str, max_age: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=max_age,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _cookie_name(preference: str) -> str:
    return f"__Host-{preference}" if settings.SESSION_COOKIE_SECURE else preference


def _fresh_name(preference: str) -> str:
    """Of the choice that was made here while nobody was signed in."""
    return _cookie_name(f"{preference}-chosen")
