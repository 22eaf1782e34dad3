"""Pages for customers, who have no account."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from riskhub.company.preferences import company_name
from riskhub.web.rendering import render_page


def customer_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int | None = None
) -> HttpResponse:
    """Under the company's name: a customer knows no other."""
    return render_page(
        request, template, {"company_name": company_name(), **context}, status=status
    )
