"""Language, appearance and single keys: kept with the user where signed in, else in a cookie."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from riskhub.accounts.models import User

Keeper = Callable[["User", str], None]

CHOICES: dict[str, tuple[str, ...]] = {
    "language": tuple(code for code, _name in settings.LANGUAGES),
    "theme": ("auto", "light", "dark"),
    "keys": ("on", "off"),
}
_FIELDS = {"language": "locale", "theme": "theme"}
_YEAR = 365 * 24 * 60 * 60
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
    if keeper and user.is_authenticated:
        keeper(user, value)
    response.set_cookie(
        _cookie_name(preference),
        value,
        max_age=_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def html_language(code: str) -> str:
    """`zh-hans` in code and URLs is `zh-Hans` in HTML."""
    return "zh-Hans" if code == "zh-hans" else code


def _cookie_name(preference: str) -> str:
    return f"__Host-{preference}" if settings.SESSION_COOKIE_SECURE else preference
