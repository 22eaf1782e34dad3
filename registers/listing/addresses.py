"""The address of a list holds everything that is chosen, and says only what does not go without saying."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.http import QueryDict

from registers.filters import OPEN, RESIDUAL, RiskFilter

_WITHOUT_SAYING = (("state", [OPEN]), ("page", ["1"]), ("kind", [RESIDUAL]))


def address(query: QueryDict) -> str:
    """The query without what goes without saying, so that a link is short: `?level=high`."""
    return said(dict(query.lists()))


def export_query(filtered: RiskFilter) -> str:
    """What leads to the same rows as a file, ready to be followed by `format=`."""
    query = changed(filtered.data).removeprefix("?")
    return f"{query}&" if query else ""


def changed(query: QueryDict, **values: str) -> str:
    """The same list with these values instead, from its first page; an empty one takes it off."""
    kept = {name: given for name, given in query.lists() if name != "page"}
    return said(kept | {name: [value] for name, value in values.items()}) or "?"


def said(lists: Mapping[str, Sequence[str]]) -> str:
    """Of each name its values. A page has some forty: a copy of the query for each would cost more."""
    kept = {name: [value for value in values if value] for name, values in lists.items()}
    pairs = [
        (name, value)
        for name, values in kept.items()
        for value in values
        if (name, values) not in _WITHOUT_SAYING
    ]
    return f"?{urlencode(pairs)}" if pairs else ""
