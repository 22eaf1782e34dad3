"""A message that says what was done and takes it back for some seconds.

    offer_undo(request, _("Accepted as R012."), reverse("registers:proposal_undo", args=[12]))
    return redirect(...)

It is an ordinary message of Django, so it comes with the next page or, out of band, with the next
part. Its toast holds a plain form that posts to `url`, with CSRF and without script; with script the
seconds count, the key `u` presses it, and it outlives a swap of the page. The view behind `url` takes
POST alone, asks its service, which knows the time limit (`riskhub.entry.undo`) and who may, adds a
message and redirects: the form is an ordinary state button.
"""

from dataclasses import dataclass
from time import time

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

from riskhub.entry.undo import UNDO_FOR

_TAG = "undo"


@dataclass(frozen=True)
class Undo:
    """Where the toast posts to, and for how many seconds yet."""

    url: str
    seconds: int


def offer_undo(request: HttpRequest, words: str, url: str) -> None:
    until = int(time()) + UNDO_FOR.seconds
    messages.success(request, words, extra_tags=f"{_TAG} {until} {url}")


def undo_in(message: Message) -> Undo | None:
    """What a message offers to take back; None where it offers nothing, or its time is over."""
    kind, _space, rest = (message.extra_tags or "").partition(" ")
    until, _space, url = rest.partition(" ")
    if kind != _TAG or not until.isdecimal():
        return None
    seconds = int(until) - int(time())
    return Undo(url, seconds) if seconds > 0 else None
