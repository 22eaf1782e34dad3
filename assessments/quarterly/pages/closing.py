"""Appendices B and C: what ties this report to the audit chain, and who signs."""

from typing import Any

from django.utils.translation import gettext, gettext_noop

from assessments.quarterly.pages.book import Book
from assessments.quarterly.pages.language import figure, minute, tr, word

STEPS = {
    "prepared": gettext_noop("Prepared"),
    "reviewed": gettext_noop("Reviewed"),
    "received": gettext_noop("Received"),
}


def anchors_page(book: Book) -> dict[str, Any]:
    anchors = book.snapshot["anchors"]
    is_whole = anchors["result"] == "ok"
    if is_whole:
        key = gettext(
            "Audit events in the quarter: %(events)s; seals recomputed one by one without a break: "
            "%(checked)s; one hash ties snapshot and report."
        )
    else:
        key = gettext(
            "The audit chain is broken: %(result)s. Audit events in the quarter: %(events)s; seals "
            "recomputed: %(checked)s."
        )
    return {
        "key": key
        % {
            "events": figure(anchors["events"]),
            "checked": figure(anchors["checked"]),
            "result": anchors["result"],
        },
        "anchors": anchors,
        "is_whole": is_whole,
        "verified_at": minute(anchors["verified_at"]),
    }


def signatures_page(book: Book) -> dict[str, Any]:
    signatures = book.snapshot["signatures"]
    signed = sum(bool(item["signed_at"]) for item in signatures)
    return {
        "key": gettext("Signed in the system: %(signed)d of %(all)d; the lines below are for ink.")
        % {"signed": signed, "all": len(signatures)},
        "signatures": [
            {
                "step": word(STEPS, item["step"]),
                "role": tr(item["role"]),
                "at": minute(item["signed_at"]) if item["signed_at"] else "",
            }
            for item in signatures
        ],
    }
