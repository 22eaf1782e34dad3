"""What is found for somebody: of each kind the first few, then pages by their names in both languages."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_stubs_ext import StrOrPromise

from riskhub.accounts.models import User
from riskhub.search.registry import Hit, Provider, pages, providers
from riskhub.web.navigation import entries_for

MOST_CHARACTERS = 200
CANDIDATES = 300
"""Of so many that match, the best are shown; who looks for a word that is everywhere adds another one."""
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Group:
    """Hits of one kind; `is_more` where there are further ones, all of them at `url`."""

    key: str
    title: StrOrPromise
    hits: Sequence[Hit] = field(default_factory=list)
    is_more: bool = False
    url: str = ""


def cleaned(text: str) -> str:
    """As it is looked for: one kind of digits and letters, single blanks, no longer than an address."""
    text = unicodedata.normalize("NFKC", text.replace("\0", ""))
    return _BLANKS.sub(" ", text).strip()[:MOST_CHARACTERS]


def find(user: User, text: str, most: int) -> list[Group]:
    """The groups in their order, `most` hits each; with no text the pages alone."""
    found = [_group(user, text, provider, most) for provider in providers()] if text else []
    hits = list(page_hits(user, text))
    named = Group("pages", _("Go to"), hits[:most])
    return [group for group in (*found, named) if group.hits]


def rows_found(user: User, text: str, most: int) -> dict[type[Model], list[Any]]:
    """The keys of the rows that fit best, of each model: those of the first condition that finds any."""
    found: dict[type[Model], list[Any]] = {}
    for provider in providers() if text else []:
        rows = provider.rows(user).alias(**provider.aliases).order_by()
        for condition in provider.conditions(text):
            if keys := list(rows.filter(condition).values_list("pk", flat=True)[:most]):
                found[provider.model] = keys
                break
    return found


def page_hits(user: User, text: str) -> Iterator[Hit]:
    """Pages whose name holds the text, in whichever language it is typed."""
    wanted = text.casefold()
    seen = set()
    for url_name, name, area in (*entries_for(user), *_unlisted(user)):
        if url_name in seen or not any(wanted in one.casefold() for one in _names(name)):
            continue
        seen.add(url_name)
        yield Hit(
            str(name), reverse(url_name), meta=[str(area)] if area else (), icon="arrow-right"
        )


def _unlisted(user: User) -> Iterator[tuple[str, StrOrPromise, StrOrPromise]]:
    return ((page.url_name, page.name, "") for page in pages() if page.allowed(user))


def _names(name: StrOrPromise) -> list[str]:
    said = []
    for code, _language in settings.LANGUAGES:
        with override(code):
            said.append(str(name))
    return said


def _group(user: User, text: str, provider: Provider[Any], most: int) -> Group:
    rows: list[Any] = []
    for condition in provider.conditions(text):
        room = most + 1 - len(rows)
        if room <= 0:
            break
        # Found first and put in order then: asked for both at once, the database would walk through
        # everything in order where it finds nothing.
        found = provider.rows(user).alias(**provider.aliases).filter(condition)
        keys = found.exclude(pk__in=[row.pk for row in rows]).order_by().values("pk")[:CANDIDATES]
        ordered = provider.model._base_manager.filter(pk__in=keys).order_by(*provider.ordering)
        rows += ordered.select_related(*provider.related)[:room]
    hits = [hit for row in rows[:most] if (hit := provider.hit(user, row))]
    return Group(provider.key, provider.title, hits, len(rows) > most, provider.every(text))
