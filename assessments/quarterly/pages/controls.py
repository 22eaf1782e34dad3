"""Section 7: what keeps risks small, how it was checked, and which risks nothing keeps small."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, gettext_noop

from assessments.quarterly.pages.book import Book
from assessments.quarterly.pages.language import share, word

if TYPE_CHECKING:
    from assessments.quarterly.controls_schema import ControlsPart

RESULTS = {
    "effective": gettext_noop("Effective"),
    "partly": gettext_noop("Partly effective"),
    "ineffective": gettext_noop("Ineffective"),
    "not_tested": gettext_noop("Not tested"),
}


def controls_page(book: Book) -> dict[str, Any]:
    """Snapshots of schema 1 and 2 hold no figures of controls: `part` is None then."""
    part = book.snapshot.get("controls")
    if part is None:
        return {"part": None}
    checks = sum(part["results"].values())
    return {
        "part": part,
        "key": _key(book, part, checks),
        "checks": checks,
        "proven": part["severe"] - part["without_effective"],
        "unproven": part["without_effective"] - part["without_control"],
        "results": [
            {"name": word(RESULTS, code), "count": count} for code, count in part["results"].items()
        ],
        "sampled": gettext(
            "Sampled in these checks: %(sample)d, exceptions: %(exceptions)d (%(share)s)."
        )
        % {**part, "share": share(part["exceptions"], part["sample"])},
    }


def _key(book: Book, part: "ControlsPart", checks: int) -> str:
    words = (
        gettext(
            "Controls in use: %(in_use)d; checked this quarter: %(checked)d, in %(checks)d checks; "
            "checks overdue: %(overdue)d."
        )
        if book.meta["is_draft"]
        else gettext(
            "Controls in use at the quarter's end: %(in_use)d; checked in the quarter: %(checked)d, in "
            "%(checks)d checks; checks overdue as of the freeze: %(overdue)d."
        )
    )
    return words % {**part, "checks": checks}
