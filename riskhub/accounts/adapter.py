from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.models import User
from riskhub.accounts.services import set_password
from riskhub.web import preferences
from riskhub.web.errors import locked_out

log = structlog.get_logger(__name__)


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody makes an account for themselves: the administrator invites."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The user name or the password is not right.")
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401 - allauth's signature
        """Too many attempts are answered as such, not as a wrong password."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refusal:
            raise ImmediateHttpResponse(locked_out(request)) from refusal

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:  # noqa: ANN401 - allauth's signature
        """Who knows the password of a closed account is told that it is closed; nobody else is."""
        user: User | None = super().authenticate(request, **credentials)
        if user is None and _is_closed(**credentials):
            raise ValidationError(_("This account is closed. The administrator can open it again."))
        return user

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:  # noqa: ANN401 - allauth's signature
        """The language chosen on the sign-in page stays on every page behind it."""
        response: HttpResponse = super().post_login(request, user, **details)
        preferences.take_along(request, response, user)
        return response

    def set_password(self, user: User, password: str) -> None:
        """Changed or reset: by the person themselves, as whoever reads their mail counts.

        Who chose a new password may use it at once, however often the old one was mistyped.
        """
        set_password(user, by=user, password=password)
        self._forget_failures(user)

    def _forget_failures(self, user: User) -> None:
        """Of this account; what its address may try stays counted, or a link would open it for others."""
        request, app, action = self.request, "allauth.account", "login_failed"
        if request is None:
            return
        account = self._get_login_attempts_cache_key(request, username=user.username)
        for rate in ratelimit.get_rates(app=app, action=action):
            if rate.per == "key":
                place = ratelimit.get_cache_key(
                    request, app=app, action=action, rate=rate, key=account
                )
                cache.delete(place)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down shows nobody which addresses are known here."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            log.error("mail_not_sent", kind=template_prefix, error=type(error).__name__)  # noqa: TRY400 - the trace names the address


def _is_closed(username: str = "", password: str = "", **_others: object) -> bool:
    closed = User.objects.filter(username__iexact=username, is_active=False).first()
    return closed is not None and closed.check_password(password)
