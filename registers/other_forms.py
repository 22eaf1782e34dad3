"""Other forms for the phone, which the packages above offer on the page for filing.

offer_form("incidents:incident_create", _("It happened already: report an incident"))
"""

from dataclasses import dataclass

from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class OtherForm:
    url_name: str
    words: StrPromise


_offered: dict[str, OtherForm] = {}


def offer_form(url_name: str, words: StrPromise) -> None:
    """Called in `ready()`."""
    _offered[url_name] = OtherForm(url_name, words)


def offered_forms() -> list[OtherForm]:
    return [*_offered.values()]
