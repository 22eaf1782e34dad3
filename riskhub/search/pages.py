"""The lists whose views can be saved; a package names its own in `ready()`.

offer_views("registers:risk_list", RiskFilter.base_filters, "group", "density")
"""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

COLUMNS, SAVED = "columns", "saved"
"""The names under which an address holds the columns of a list, and the view from which it came."""
_MOST_VALUES, _MOST_CHARACTERS = 200, 4000
_names: dict[str, frozenset[str]] = {}


def offer_views(page: str, *names: str, filters: Iterable[str]) -> None:
    """`names` and `filters` are what an address of this list may hold; anything else is not kept."""
    _names[page] = frozenset({*names, *filters})


def is_offered(page: str) -> bool:
    return page in _names


def kept_of(page: str, address: QueryDict) -> tuple[dict[str, list[str]], list[str]]:
    """What a view keeps of an address: its filters {name: values}, and its columns."""
    query = {
        name: [value for value in address.getlist(name) if value]
        for name in sorted(_names[page] & set(address))
    }
    columns = [key for key in ",".join(address.getlist(COLUMNS)).split(",") if key]
    return {name: values for name, values in query.items() if values}, columns


def is_too_much(query: Mapping[str, list[str]], columns: list[str]) -> bool:
    """More than any address of a list could say."""
    count = len(columns) + sum(map(len, query.values()))
    return count > _MOST_VALUES or len(urlencode(query, doseq=True)) > _MOST_CHARACTERS


def shown_at(
    page: str, query: Mapping[str, list[str]], columns: list[str], key: int | None = None
) -> str:
    """Where such a list is shown; with the key of a view it knows from which one it came."""
    parts: dict[str, object] = {**query}
    if columns:
        parts[COLUMNS] = ",".join(columns)
    if key:
        parts[SAVED] = key
    return f"{reverse(page)}?{urlencode(parts, doseq=True)}"
