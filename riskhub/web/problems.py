"""The one shape of a refusal in JSON, whoever refuses: a view, the middleware or the server itself."""

from collections.abc import Mapping, Sequence
from typing import Any


def problem_body(
    code: str, detail: str, request: object, errors: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Any]:
    """`code` is for programs, `detail` for people, `errors` names fields, `request` is in our log."""
    named = {name: [str(sentence) for sentence in many] for name, many in (errors or {}).items()}
    request_id = str(getattr(request, "request_id", ""))
    return {"code": code, "detail": detail, "errors": named, "request": request_id}
