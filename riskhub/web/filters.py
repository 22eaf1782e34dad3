"""The filter chips above a list, from any GET form (django-filter's `filterset.form` too)."""

from dataclasses import dataclass

from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict

from riskhub.web.conflicts import in_words


@dataclass(frozen=True)
class FilterChip:
    """One filter: `words` says its value where it is on, `clear_url` is the list without it."""

    field: BoundField
    words: str
    clear_url: str


def filter_chips(form: BaseForm, request: HttpRequest) -> list[FilterChip]:
    """In the order of the form; searching is a field of the head, not a chip, so `q` is left out."""
    return [
        FilterChip(bound, in_words(bound.field, _value(bound)), _without(request.GET, bound))
        for bound in form.visible_fields()
        if bound.name != "q"
    ]


def _value(bound: BoundField) -> object:
    """Nothing where the value is no choice of the field: a forged address filters nothing."""
    return bound.value() if bound.form.is_bound and not bound.errors else None


def _without(query: QueryDict, bound: BoundField) -> str:
    rest = query.copy()
    for name in [bound.html_name, "page", *(f"{bound.html_name}_{end}" for end in ("min", "max"))]:
        rest.pop(name, None)
    return f"?{rest.urlencode()}"
