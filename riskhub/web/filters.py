"""The filter chips above a list, from any GET form (django-filter's `filterset.form` too)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.forms import BaseForm, DateInput
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from riskhub.entry.days import SOUGHT
from riskhub.web.conflicts import in_words

_DIGITS = 19
"""A bigint never has as many."""
PLACES = ("page", "before")
"""Where in a list one is: another filter begins at its head."""
MOST_CHARACTERS = 200
"""Of a text to search for: with more of them the address would be longer than a server takes."""
NOT_HERE = _("The address names a filter that does not exist here, so nothing is found.")


class SearchFilter(django_filters.CharFilter):  # type: ignore[misc]  # has no types
    """A typed text; its box takes no more than the filter, and an address with more is told so."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - django-filter's arguments
        said = {"max_length": _("A text to search for has 200 characters at most.")}
        super().__init__(max_length=MOST_CHARACTERS, error_messages=said, **kwargs)


class DayFilter(django_filters.DateFilter):  # type: ignore[misc]  # has no types
    """A day that can be meant: to others a day cannot even be added."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - django-filter's arguments
        super().__init__(validators=[SOUGHT.check], widget=DateInput(), **kwargs)


class CodedFilterSet(django_filters.FilterSet):  # type: ignore[misc]  # has no types
    """The address holds codes; what names nothing here finds nothing, and the list says so."""

    def known_in(self, data: QueryDict, beside: Collection[str]) -> QueryDict:
        """What the address says of the filters and of what stands `beside` them, without the empty."""
        values = data.copy()
        for name in list(values):
            if name in self.base_filters or name in beside:
                values.setlist(name, [value for value in values.getlist(name) if value])
            else:
                del values[name]
        return values

    @property
    def is_forged(self) -> bool:
        return not self.form.is_valid()

    @property
    def complaint(self) -> str:
        """Why the address finds nothing, in a sentence; empty where it asks for what there is."""
        if not self.is_forged:
            return ""
        typed = [error for name in ("q", "owner") for error in self.form.errors.get(name, [])]
        return str(typed[0]) if typed else self.not_here()

    def not_here(self) -> str:
        """That what was chosen does not exist."""
        return str(NOT_HERE)


@dataclass(frozen=True)
class FilterChip:
    """One filter: `words` says its value where it is on, `clear_url` is the list without it.

    A minor one stands behind the others until it is on.
    """

    field: BoundField
    words: str
    clear_url: str
    is_minor: bool = False


def filter_chips(form: BaseForm, request: HttpRequest) -> list[FilterChip]:
    """In the order of the form; searching is a field of the head, not a chip, so `q` is left out."""
    return [
        FilterChip(bound, in_words(bound.field, _value(bound)), _without(request.GET, bound))
        for bound in form.visible_fields()
        if bound.name != "q"
    ]


def place_asked(query: QueryDict) -> int | None:
    """The key that `?before=` names: the list goes on behind it. None at its head."""
    text = query.get("before", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else None


def query_without_place(query: QueryDict) -> str:
    """What is filtered by, for a link to all of it; without what is empty."""
    rest = query.copy()
    for name in list(rest):
        if name in PLACES or not any(rest.getlist(name)):
            del rest[name]
    return rest.urlencode()


def _value(bound: BoundField) -> object:
    """Nothing where the value is no choice of the field: a forged address filters nothing."""
    return bound.value() if bound.form.is_bound and not bound.errors else None


def _without(query: QueryDict, bound: BoundField) -> str:
    """Put together anew: a copy of the query for each of twenty filters costs more."""
    name = bound.html_name
    off = {name, *PLACES, f"{name}_min", f"{name}_max"}
    pairs = [(key, value) for key, values in query.lists() if key not in off for value in values]
    return f"?{urlencode(pairs)}"


def shown_as(query: QueryDict, **values: Any) -> str:  # noqa: ANN401 - values of an address
    """The address of the list with these values instead."""
    kept = query.copy()
    kept.pop("page", None)
    for name, value in values.items():
        kept[name] = value
    for name in [name for name in kept if not kept.get(name)]:
        del kept[name]
    return f"?{kept.urlencode()}"
