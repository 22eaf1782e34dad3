"""What every view of the API does before and after: the language of its sentences."""

from typing import TYPE_CHECKING, Any, cast

from django.utils import translation
from django.utils.translation.trans_real import (
    get_supported_language_variant,
    parse_accept_lang_header,
)
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from riskhub.web.preferences import html_language

if TYPE_CHECKING:
    from riskhub.accounts.models import User


class ApiView(APIView):
    """One class per URL; each method fetches, asks a permission, calls one service and answers."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the framework's signature
        """`Accept-Language` where it names one of ours, else the language of the user."""
        asked = _language_asked(request.headers.get("Accept-Language", ""))
        if asked:
            translation.activate(asked)
        super().initial(request, *args, **kwargs)
        if not asked:
            translation.activate(self.user.locale)

    def finalize_response(
        self,
        request: Request,
        response: Response,
        *args: Any,  # noqa: ANN401 - the framework's signature
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Content-Language"] = html_language(translation.get_language() or "")
        return response

    @property
    def user(self) -> "User":
        """Known behind `initial`: nobody comes past it without signing in."""
        return cast("User", self.request.user)


def _language_asked(header: str) -> str:
    for code, _quality in parse_accept_lang_header(header):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return ""
