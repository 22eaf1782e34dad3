"""What every view of the API does before and after: the language of its sentences."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from riskhub.web.preferences import html_language, language_asked

if TYPE_CHECKING:
    from riskhub.accounts.models import User


class UnknownParameter(ValidationError):  # noqa: N818 - reads as what it says
    """A misspelt filter would filter nothing, and the answer would look right."""

    def __init__(self, unknown: Iterable[str], known: Iterable[str]) -> None:
        self.sentence = _("This address does not know the parameter %(names)s.") % {
            "names": ", ".join(f"“{name[:40]}”" for name in unknown)
        }
        words = _("Known are: %(known)s.") % {"known": ", ".join(sorted(known))}
        super().__init__({name: [words] for name in unknown})


class ApiView(APIView):
    """One class per URL; each method fetches, asks a permission, calls one service and answers.

    `filters` are the names of the parameters that reading understands, besides those of paging.
    """

    filters: ClassVar[Collection[str]] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the framework's signature
        """The middleware took `Accept-Language`; where that names none of ours, the user's language."""
        super().initial(request, *args, **kwargs)
        if not language_asked(request):
            translation.activate(self.user.locale)
        known = self._parameters(request)
        if unknown := sorted(request.query_params.keys() - known):
            raise UnknownParameter(unknown, known)

    def _parameters(self, request: Request) -> set[str]:
        known = {api_settings.URL_FORMAT_OVERRIDE}
        if request.method not in SAFE_METHODS:
            return known
        paging = getattr(self, "pagination_class", None)
        if paging:
            known |= set(paging.parameters)
        return known | set(self.filters)

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
