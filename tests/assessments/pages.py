"""Asking for pages as a browser does, with and without htmx."""

from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from riskhub.entry.day_words import moment


def htmx(target="", **extra):
    """Headers of a request that asks for the part with this id."""
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/", **extra}
    return {"headers": headers | ({"HX-Target": target} if target else {})}


def moment_in_english(value):
    with override("en"):
        return moment(value)


def queries_of(client, url):
    """How many the page asks; the session is warm, so that only the page counts."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def told(response):
    """The messages that the view has left for the next page."""
    return [str(message) for message in get_messages(response.wsgi_request)]
