"""The list as a file: as it is shown, whole, or as the guide's list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from registers.filters import RiskFilter
from registers.listing.addresses import changed


@dataclass(frozen=True)
class Downloads:
    """What is in the file, and pairs (form, address)."""

    name: str
    files: Sequence[tuple[str, str]]


def downloads_of(filtered: RiskFilter, shown: Sequence[str]) -> list[Downloads]:
    """Each address leads to exactly the rows of the list."""
    query = filtered.data
    columns = ",".join(shown)
    return [
        Downloads(_("As shown"), _files(query, "xlsx", "csv", columns=columns)),
        Downloads(_("All columns"), _files(query, "xlsx", "csv", "json", columns="")),
        Downloads(_("The guide's list"), _files(query, "xlsx", "csv", columns="", form="list")),
        Downloads(_("On paper"), _files(query, "pdf", columns="")),
    ]


def _files(query: QueryDict, *forms: str, **values: str) -> list[tuple[str, str]]:
    base = reverse("registers:risk_export")
    return [(form.upper(), f"{base}{changed(query, **values, format=form)}") for form in forms]
