"""The one shape of a refusal in JSON, whoever refuses: a view, the middleware or the server itself."""

from collections.abc import Mapping, Sequence
from typing import Any


def problem_body(
    code: str, detail: str, request: object, errors: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Any]:
    """`code` is for programs, `detail` for people, `errors` names fields, `request` is in our log."""
    named = {_sound(name): [_sound(one) for one in many] for name, many in (errors or {}).items()}
    request_id = str(getattr(request, "request_id", ""))
    return {"code": code, "detail": _sound(detail), "errors": named, "request": request_id}


def _sound(text: str) -> str:
    """What was sent may hold half a character, and the sentence repeats it."""
    return str(text).encode("utf-8", "replace").decode()
