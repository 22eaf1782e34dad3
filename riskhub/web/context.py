"""What the base layout needs on every page."""

from django.conf import settings
from django.http import HttpRequest

from riskhub.web import preferences


def shell(request: HttpRequest) -> dict[str, str | bool]:
    return {
        "has_mail": settings.HAS_MAIL,
        "theme": preferences.read(request, "theme"),
        "keys": preferences.read(request, "keys"),
    }
