"""Where a risk comes from, with a way to what stands behind it for those who may see that.

A higher package says in `ready()` where origins of one kind are to be seen:

    register_origin_finder(OriginKind.IMPORT, lambda user, risk, origins: {origin.pk: "/imports/7/"})
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode

from registers.choices import OriginKind
from registers.filings import filing_url
from registers.models import Risk, RiskOrigin, RiskProposal
from riskhub.accounts.models import User

Finder = Callable[[User, Risk, Sequence[RiskOrigin]], Mapping[int, str]]
_finders: dict[str, Finder] = {}


@dataclass(frozen=True)
class OriginLine:
    """`said` is what a file said of it; without `url` there is nothing that the reader may open."""

    kind: str
    name: str
    at: datetime
    said: Mapping[str, str] = field(default_factory=dict)
    url: str = ""


def register_origin_finder(kind: str, finder: Finder) -> None:
    _finders[kind] = finder


def origin_lines(user: User, risk: Risk) -> list[OriginLine]:
    """The oldest first; by hand where nothing stands behind it. A query for each kind there is."""
    origins = list(risk.origins.named().order_by("pk"))
    if not origins:
        kind = str(OriginKind.MANUAL.label)
        name = str(risk.accepted_by or "")
        return [OriginLine(kind, name, risk.accepted_at)]
    urls: dict[int, str] = {}
    for kind in sorted({origin.kind for origin in origins}):
        if finder := _finders.get(kind):
            urls |= finder(user, risk, [one for one in origins if one.kind == kind])
    return [
        OriginLine(one.get_kind_display(), one.name, one.at, one.said, urls.get(one.pk, ""))
        for one in origins
    ]


def in_library(_user: User, _risk: Risk, origins: Sequence[RiskOrigin]) -> dict[int, str]:
    library = reverse("registers:library_list")
    return {one.pk: f"{library}?{urlencode({'q': one.ref_id})}" for one in origins}


def in_filings(user: User, _risk: Risk, origins: Sequence[RiskOrigin]) -> dict[int, str]:
    keys = {one.ref_id: one.pk for one in origins if one.ref_id.isdecimal()}
    filings = RiskProposal.objects.visible_to(user).filter(pk__in=keys)
    return {keys[str(filing.pk)]: filing_url(user, filing) for filing in filings}


def wire_origins() -> None:
    register_origin_finder(OriginKind.LIBRARY, in_library)
    register_origin_finder(OriginKind.PROPOSAL, in_filings)
