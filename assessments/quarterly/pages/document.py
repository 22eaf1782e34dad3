"""From a snapshot to the HTML of the report, in one language. Reads nothing but the snapshot."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop, override

from assessments.quarterly.pages.absent import absent_page
from assessments.quarterly.pages.appendix import register_page
from assessments.quarterly.pages.book import Book
from assessments.quarterly.pages.closing import anchors_page, signatures_page
from assessments.quarterly.pages.controls import controls_page
from assessments.quarterly.pages.decisions import decisions_page
from assessments.quarterly.pages.language import day, listed, minute, tr, zone_offset
from assessments.quarterly.pages.leading import leading_page
from assessments.quarterly.pages.method import method_page
from assessments.quarterly.pages.numbering import Numbering
from assessments.quarterly.pages.position import position_page
from assessments.quarterly.pages.responses import responses_page
from assessments.quarterly.pages.summary import summary_page
from assessments.quarterly.pages.totals import totals_page

if TYPE_CHECKING:
    from assessments.quarterly.schema import Snapshot

FOLDER = "reports/quarterly"


@dataclass(frozen=True, slots=True)
class Section:
    number: str
    title: str
    template: str
    page: Callable[[Book], dict[str, Any]]


SECTIONS = (
    Section("1", gettext_noop("The quarter in one page"), "summary", summary_page),
    Section("2", gettext_noop("Decisions needed"), "decisions", decisions_page),
    Section("3", gettext_noop("Register in numbers"), "totals", totals_page),
    Section("4", gettext_noop("Risk position"), "position", position_page),
    Section("5", gettext_noop("Leading risks"), "leading", leading_page),
    Section("6", gettext_noop("Response plans"), "responses", responses_page),
    Section("7", gettext_noop("Control effectiveness"), "controls", controls_page),
    Section("", "", "absent", absent_page),
    Section("15", gettext_noop("Method and data"), "method", method_page),
    Section("A", gettext_noop("Full register"), "register", register_page),
    Section("B", gettext_noop("Audit anchors"), "anchors", anchors_page),
    Section("C", gettext_noop("Signatures"), "signatures", signatures_page),
)


def quarterly_html(snapshot: "Snapshot", locale: str, digest: str) -> str:
    """Return the whole document; the contents follow the first section, as in print."""
    with override(locale):
        book, numbering = Book(snapshot, digest), Numbering()
        front = _front(book, locale)
        parts = [_section(section, book, numbering, front) for section in SECTIONS]
        contents = render_to_string(f"{FOLDER}/contents.html", {"numbering": numbering})
        return render_to_string(
            f"{FOLDER}/report.html",
            {**front, "first": parts[0], "contents": SafeString(contents), "rest": parts[1:]},
        )


def _section(
    section: Section, book: Book, numbering: Numbering, front: dict[str, Any]
) -> SafeString:
    context = {
        **front,
        **section.page(book),
        "numbering": numbering,
        "number": section.number,
        "title": gettext(section.title) if section.title else "",
    }
    return SafeString(render_to_string(f"{FOLDER}/{section.template}.html", context))


def _front(book: Book, locale: str) -> dict[str, Any]:
    """What cover, head and foot say; `as_of` stands in captions too."""
    meta = book.meta
    quarter = gettext("Quarter %(quarter)d, %(year)d") % meta
    return {
        "book": book,
        "meta": meta,
        "lang": "en" if locale.startswith("en") else "zh-Hans",
        "company": tr(meta["company"]),
        "quarter": quarter,
        "period": f"{day(meta['period_start'])} – {day(meta['period_end'])}",
        "moment": minute(meta["as_of"]),
        "zone": zone_offset(meta["as_of"], meta["zone"]),
        "as_of": gettext("as of %(moment)s") % {"moment": minute(meta["as_of"])},
        "risks_as_of": gettext("n = %(count)d; as of %(moment)s")
        % {"count": len(book.risks), "moment": minute(meta["as_of"])},
        "distribution": listed(tr(words) for words in meta["distribution"]),
        "levels": book.levels_from_top,
        "foot": _page_foot(),
    }


def _page_foot() -> list[str]:
    """The three pieces around the two numbers, which only the layout knows."""
    words = gettext("Page {page} of {pages}")
    before, rest = words.split("{page}")
    return [before, *rest.split("{pages}")]
