"""Saving over somebody's work is refused: `ETag` tells the version that was read, `If-Match` repeats it."""

import re
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

_TAG = re.compile(r'(?:W/)?"([0-9]{1,100})"')
TAG_PATTERN = '^(W/)?"[0-9]{1,100}"$'

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description=(
        "The ETag that was read with the object. 428 without, 409 when it is an older one. "
        'W/"3", as a proxy that compresses may write it, is read as "3".'
    ),
    pattern=TAG_PATTERN,
)
ETAG = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    description="The version of the object, for If-Match.",
    response=[200, 201],
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    UUID,
    OpenApiParameter.HEADER,
    description="Of your own making. Sent again with the same key, it is the same object.",
)


class VersionRequired(APIException):
    status_code = 428
    default_detail = _(
        "Send If-Match with the ETag that you read, so that nobody’s change is overwritten."
    )
    default_code = "version_required"


def etag_of(obj: Any) -> str:  # noqa: ANN401 - any model with row_version
    return f'"{obj.row_version}"'


def version_read(request: Request) -> int:
    """The version that the client has read; `*` and other tags say nothing about it: 428."""
    match = _TAG.fullmatch(request.headers.get("If-Match", "").strip())
    if not match:
        raise VersionRequired
    return int(match[1])


def client_uuid_of(request: Request) -> UUID | None:
    """The key of this attempt; a text that is no UUID is refused, so that nothing is made twice."""
    text = request.headers.get("Idempotency-Key", "").strip()
    try:
        return UUID(text) if text else None
    except ValueError:
        raise ValidationError({"Idempotency-Key": [_("This is not a UUID.")]}) from None


def versioned(data: Any, obj: Any, status: int = 200) -> Response:  # noqa: ANN401 - JSON of any model
    """The answer with its ETag."""
    return Response(data, status=status, headers={"ETag": etag_of(obj)})
