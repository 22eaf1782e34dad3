"""What is found for somebody: of each kind the first few, then pages by their names in both languages."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_stubs_ext import StrOrPromise

from riskhub.accounts.models import User
from riskhub.search.registry import Hit, pages, providers
from riskhub.web.navigation import entries_for

MOST_CHARACTERS = 200
CANDIDATES = 300
"""Of so many that match, the best are shown; who looks for a word that is everywhere adds another one."""
_BLANKS = re.compile(r"\s+")
_MANY_Y, _MANY = re.compile(r"(?<=[a-z]{2})ies\b"), re.compile(r"(?<=[a-rt-z]{2})s\b")


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
    found = list(_groups(user, text, most)) if text else []
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
    """Pages whose name holds the text, in whichever language it is typed, one or many of it."""
    wanted = _forms(text)
    seen = set()
    for url_name, name, area in (*entries_for(user), *_unlisted(user)):
        if url_name in seen or not any(typed in one for typed in wanted for one in _names(name)):
            continue
        seen.add(url_name)
        yield Hit(
            str(name), reverse(url_name), meta=[str(area)] if area else (), icon="arrow-right"
        )


def _unlisted(user: User) -> Iterator[tuple[str, StrOrPromise, StrOrPromise]]:
    return ((page.url_name, page.name, "") for page in pages() if page.allowed(user))


def _names(name: StrOrPromise) -> list[str]:
    said: list[str] = []
    for code, _language in settings.LANGUAGES:
        with override(code):
            said += _forms(str(name))
    return said


def _forms(text: str) -> set[str]:
    """As it is written, for half of a word, and as one: policy and policies are one word."""
    written = text.casefold()
    return {written, _MANY.sub("", _MANY_Y.sub("y", written))}


def _groups(user: User, text: str, most: int) -> Iterator[Group]:
    """The first conditions of all kinds are asked in one query, then the second ones where there is room.

    Found first and put in order then: asked for both at once, the database would walk through everything
    in order where it finds nothing.
    """
    asked = [(provider, provider.conditions(text)) for provider in providers()]
    rows: list[dict[Any, Any]] = [{} for _each in asked]
    for turn in range(max((len(conditions) for _provider, conditions in asked), default=0)):
        open_still = [
            (number, provider.rows(user).alias(**provider.aliases).filter(conditions[turn]))
            for number, (provider, conditions) in enumerate(asked)
            if turn < len(conditions) and len(rows[number]) <= most
        ]
        for number, keys in _candidates(open_still).items():
            provider, kept = asked[number][0], rows[number]
            fresh = provider.model._base_manager.filter(pk__in=keys - kept.keys())
            ordered = fresh.order_by(*provider.ordering).select_related(*provider.related)
            kept.update({row.pk: row for row in ordered[: most + 1 - len(kept)]})
    for (provider, _conditions), kept in zip(asked, rows, strict=True):
        shown = list(kept.values())[:most]
        hits = [hit for row in shown if (hit := provider.hit(user, row))]
        yield Group(provider.key, provider.title, hits, len(kept) > most, provider.every(text))


def _candidates(searches: Sequence[tuple[int, QuerySet[Any]]]) -> dict[int, set[Any]]:
    """By the number of the search the keys that it finds, not in order; one query for all."""
    queries = [
        found.order_by().annotate(search_number=Value(number)).values_list("pk", "search_number")
        for number, found in searches
    ]
    keys: dict[int, set[Any]] = {}
    if queries:
        first, *others = [query[:CANDIDATES] for query in queries]
        for key, number in first.union(*others, all=True) if others else first:
            keys.setdefault(number, set()).add(key)
    return keys
