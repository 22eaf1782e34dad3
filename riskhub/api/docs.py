"""The description of the API for programs (OpenAPI 3) and, on one page, for people."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

PROBLEM = {
    "type": "object",
    "description": "Every refusal has this shape.",
    "required": ["code", "detail", "errors", "request"],
    "properties": {
        "code": {"type": "string", "description": "For programs: stale_version, not_found, ..."},
        "detail": {"type": "string", "description": "For people, in their language."},
        "errors": {
            "type": "object",
            "description": "Sentences per field; actions.1.due_on is a field of the second action.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "request": {"type": "string", "description": "The number of the request in our log."},
    },
}
REFUSED = {
    "description": "Refused: 400 fields, 401, 403, 404, 409 conflict, 428 without If-Match.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}

schema = SpectacularAPIView.as_view()
swagger = SpectacularSwaggerSplitView.as_view(url_name="api:schema", template_name="api/docs.html")


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its metaclass has no types
    target_class = "riskhub.accounts.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, _auto_schema: Any) -> dict[str, str]:  # noqa: ANN401 - the library's signature
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "Token <key>; the key comes from manage.py create_token.",
        }


def add_problems(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - the library's signature
    """Each operation may be refused, always in the same shape."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"].setdefault("4XX", REFUSED)
    return result
