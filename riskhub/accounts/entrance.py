"""Signing in and out: those pages of allauth that the product has, under allauth's own names.

They exist only where they can do what they promise. Nobody signs up, and e-mail addresses are kept
with the person, by the administrator.
"""

from collections.abc import Callable
from functools import wraps

from allauth.account import views
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import path, re_path

View = Callable[..., HttpResponseBase]


def by_mail(view: View) -> View:
    """Without a mail server nobody is promised a letter."""

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not settings.HAS_MAIL:
            raise Http404
        return view(request, *args, **kwargs)

    return shown


def of_own_password(view: View) -> View:
    """Who has no password here, as with single sign-on, has none to change."""

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise Http404
        return view(request, *args, **kwargs)

    return shown


urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path(
        "password/change/", of_own_password(views.password_change), name="account_change_password"
    ),
    path("password/reset/", by_mail(views.password_reset), name="account_reset_password"),
    path(
        "password/reset/done/",
        by_mail(views.password_reset_done),
        name="account_reset_password_done",
    ),
    # Without mail too: the administrator hands a link over, see `links`.
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
