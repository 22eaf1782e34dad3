"""Pages for customers, who have no account."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from riskhub.company.preferences import company_name
from riskhub.web import preferences
from riskhub.web.rendering import render_page

Answer = TypeVar("Answer", bound=HttpResponse)


def customer_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int | None = None
) -> HttpResponse:
    """Under the company's name: a customer knows no other."""
    return render_page(
        request, template, {"company_name": company_name(), **context}, status=status
    )


def language_chosen(request: HttpRequest) -> str:
    """The language to which the switch of a form changes; empty where another button was pressed."""
    asked = request.POST.get("language", "")
    return asked if asked in preferences.CHOICES["language"] else ""


def in_language(request: HttpRequest, response: Answer, language: str) -> Answer:
    preferences.write(request, response, "language", language)
    response["Content-Language"] = preferences.html_language(language)
    return response
