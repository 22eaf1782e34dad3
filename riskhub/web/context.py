"""What the base layout needs on every page."""

from django.http import HttpRequest

from riskhub.web import preferences


def shell(request: HttpRequest) -> dict[str, str]:
    return {
        "theme": preferences.read(request, "theme"),
        "keys": preferences.read(request, "keys"),
    }
