"""A comment as HTML: its words, those mentioned in it, and addresses that can be opened."""

import re
from collections.abc import Iterable, Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from riskhub.accounts.models import User
from riskhub.files.mentions import marked

# What can be opened at all: never a script, never a file. Chinese stops and brackets end it.
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9][^\s<>\"'“”‘’，。；：！？（）【】《》、]{2,}", re.ASCII | re.IGNORECASE
)
_BREAK = mark_safe("<br>")
_STOPS = ".,;:!?)]}"


def spoken(text: str, people: Iterable[User], most: int = 0) -> SafeString:
    """Everything escaped; cut at `most` characters, where that is not 0."""
    if most and len(text) > most:
        text = f"{text[:most].rstrip()}…"
    pieces = (
        _mention(words) if is_mention else _with_addresses(words)
        for words, is_mention in marked(text, people)
    )
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _mention(words: str) -> SafeString:
    return format_html('<span class="rh-mention">{}</span>', words)


def _with_addresses(text: str) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in _pieces(text)))


def _pieces(text: str) -> Iterator[str | SafeString]:
    end = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_STOPS)
        yield _lines(text[end : found.start()])
        yield format_html('<a href="{0}" rel="nofollow noopener noreferrer">{0}</a>', address)
        end = found.start() + len(address)
    yield _lines(text[end:])


def _lines(text: str) -> SafeString:
    return format_html_join(_BREAK, "{}", ((line,) for line in text.split("\n")))
