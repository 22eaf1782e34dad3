"""The address of a list holds everything that is chosen, and says only what does not go without saying."""

from django.http import QueryDict

from registers.filters import OPEN, RESIDUAL, RiskFilter

_WITHOUT_SAYING = (("state", [OPEN]), ("page", ["1"]), ("kind", [RESIDUAL]))


def address(query: QueryDict) -> str:
    """The query without what goes without saying, so that a link is short: `?level=high`."""
    kept = query.copy()
    for name in list(kept):
        values = [value for value in kept.getlist(name) if value]
        if not values or (name, values) in _WITHOUT_SAYING:
            del kept[name]
        else:
            kept.setlist(name, values)
    return f"?{kept.urlencode()}" if kept else ""


def export_query(filtered: RiskFilter) -> str:
    """What leads to the same rows as a file, ready to be followed by `format=`."""
    query = changed(filtered.data).removeprefix("?")
    return f"{query}&" if query else ""


def changed(query: QueryDict, **values: str) -> str:
    """The same list with these values instead, from its first page; an empty one takes it off."""
    other = query.copy()
    other.pop("page", None)
    for name, value in values.items():
        other[name] = value
    return address(other) or "?"
