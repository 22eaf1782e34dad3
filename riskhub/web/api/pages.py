"""Long lists in pages: `next` and `previous` stay right while rows come and go."""

from collections.abc import Callable, Collection, Sequence
from math import ceil
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import Cursor, CursorPagination, PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

Row = TypeVar("Row", bound=Model)


class Pages(CursorPagination):
    """By one unique column whose values are digits: `ordering` names it."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    parameters: ClassVar[Collection[str]] = ("cursor", "page_size")

    def decode_cursor(self, request: Request) -> Cursor | None:
        """A cursor that we did not write is refused by name, before the database is asked for it."""
        try:
            cursor = super().decode_cursor(request)
        except (NotFound, ValueError):
            raise _forged(self.cursor_query_param) from None
        if cursor and cursor.position and not _is_number(str(cursor.position)):
            raise _forged(self.cursor_query_param)
        return cursor

    def get_page_size(self, request: Request) -> int:
        """A size that we do not give is refused: another one would look like all there is."""
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        if not _is_number(asked) or not 1 <= int(asked) <= self.max_page_size:
            raise _not_from_1_to(self.max_page_size, self.page_size_query_param)
        return int(asked)

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        parameters = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            if parameter["name"] == self.page_size_query_param:
                parameter["schema"] |= {
                    "minimum": 1, "maximum": self.max_page_size, "default": self.page_size,
                }  # fmt: skip
        return parameters

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return _described(schema)


class NumberedPages(PageNumberPagination):
    """Of rows that come from a file, not from a table: `page` counts from 1."""

    page_size = 200
    parameters: ClassVar[Collection[str]] = ("page",)

    def paginate_queryset(
        self,
        queryset: Any,  # noqa: ANN401 - the framework's signature: any sequence
        request: Request,
        view: APIView | None = None,
    ) -> list[Any] | None:
        """A page that is not there is refused: an empty one would look like the end."""
        most = max(ceil(len(queryset) / self.page_size), 1)
        asked = request.query_params.get(self.page_query_param, "1")
        if not _is_number(asked) or not 1 <= int(asked) <= most:
            raise _not_from_1_to(most, self.page_query_param)
        return super().paginate_queryset(queryset, request, view)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return _described(schema, count={"type": "integer"})


def _described(schema: dict[str, Any], **more: dict[str, Any]) -> dict[str, Any]:
    link = {"type": ["string", "null"], "format": "uri"}
    properties = {**more, "next": link, "previous": link, "results": schema}
    return {"type": "object", "required": [*properties], "properties": properties}


def paged_rows(
    view: APIView, rows: Sequence[Any], as_json: Callable[[Sequence[Any]], Sequence[Any]]
) -> Response:
    """One page of what is no queryset, with how many there are."""
    paginator: NumberedPages = view.pagination_class()  # type: ignore[attr-defined]  # set on the view
    page = paginator.paginate_queryset(rows, view.request, view=view) or []
    return paginator.get_paginated_response(as_json(page))


def paged(
    view: APIView, rows: QuerySet[Row], as_json: Callable[[Sequence[Row]], Sequence[Any]]
) -> Response:
    """One page of a list, in the order of the view's `pagination_class`."""
    paginator: Pages = view.pagination_class()  # type: ignore[attr-defined]  # set on each list view
    page = paginator.paginate_queryset(rows, view.request, view=view) or []
    return paginator.get_paginated_response(as_json(page))


def _not_from_1_to(most: int, name: str) -> ValidationError:
    return ValidationError({name: [_("A whole number from 1 to %(most)s.") % {"most": most}]})


def _forged(name: str) -> ValidationError:
    return ValidationError({name: [_("Take it as it stands in next or previous.")]})


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 40  # noqa: PLR2004 - longer than any of ours
