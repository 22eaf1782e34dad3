"""Section 1: the quarter in one page. Every sentence is made of counts."""

from typing import Any

from django.utils.translation import gettext, ngettext

from assessments.quarterly.pages.book import Book
from assessments.quarterly.pages.language import listed
from assessments.quarterly.pages.line import RiskLine
from riskhub.reports.charts.bars import Bar, level_bars

TOP = 3
FIRST = 10


def summary_page(book: Book) -> dict[str, Any]:
    return {
        "key": _key(book),
        "sentences": [_top(book), _moves(book), _responses(book), _waiting(book), _ratings(book)],
        "bars": _bars(book),
        "first": book.rated[:FIRST],
        "has_last": book.snapshot["levels_last"] is not None,
    }


def decision_count(book: Book) -> int:
    """What management is asked to decide: plans, second opinions, acceptances that end."""
    part = book.snapshot
    waiting = (part["plans_waiting"], part["confirmations_waiting"], part["acceptances"])
    return sum(len(items) for items in waiting)


def _key(book: Book) -> str:
    risks = ngettext("%(count)d open risk", "%(count)d open risks", len(book.risks))
    last = book.snapshot["levels_last"]
    before = gettext(" (last report, as of %(day)s: %(count)d)") if last else ""
    sentence = gettext(
        "%(risks)s: %(above)d above the appetite line%(before)s, %(critical)d of them %(level)s; "
        "decisions asked of management: %(decisions)d."
    )
    top = book.levels_from_top[0]
    return sentence % {
        "risks": risks % {"count": len(book.risks)},
        "above": len(book.above),
        "before": before % {"day": book.last_day, "count": _above(last or {}, book)},
        "critical": book.counts()[top.code],
        "level": top.name,
        "decisions": decision_count(book),
    }


def _above(counts: dict[str, int], book: Book) -> int:
    line = book.matrix.line_after
    return sum(counts.get(word, 0) for word, level in book.levels.items() if level.rank > line)


def _top(book: Book) -> str:
    if not book.rated:
        return gettext("No risk has a confirmed assessment yet.")
    items = [
        gettext("%(risk)s (%(level)s, PI %(priority)s)")
        % {
            "risk": f"{risk.code} {risk.name}",
            "level": risk.level.name if risk.level else "",
            "priority": risk.priority,
        }
        for risk in book.rated[:TOP]
    ]
    return gettext("First in rank: %(risks)s.") % {"risks": gettext("; ").join(items)}


def _moves(book: Book) -> str:
    movement = book.snapshot["movement"]
    flow = gettext("%(new)d new, %(closed)d closed, %(merged)d merged, %(reopened)d reopened") % {
        key: movement[key] for key in ("new", "closed", "merged", "reopened")
    }
    if book.frozen:
        flow = gettext("In the quarter: %(flow)s") % {"flow": flow}
    if book.snapshot["levels_last"] is None:
        return (
            gettext("%(flow)s; there is no report of the last quarter to compare levels with.")
            % {"flow": flow}
        )  # fmt: skip
    moved = [risk for risk in book.risks if risk.has_moved]
    higher = [risk for risk in moved if risk.is_higher]
    lower = [risk for risk in moved if risk.is_lower]
    crossed = [risk for risk in higher if risk.is_above and not _was_above(risk, book)]
    return gettext(
        "%(flow)s; %(moved)d moved on the matrix since the last report: %(higher)d higher (over the "
        "line: %(crossed)s), %(lower)d lower, %(sideways)d sideways."
    ) % {
        "flow": flow,
        "moved": len(moved),
        "higher": len(higher),
        "crossed": listed(risk.code for risk in crossed) or gettext("none"),
        "lower": len(lower),
        "sideways": len(moved) - len(higher) - len(lower),
    }


def _was_above(risk: RiskLine, book: Book) -> bool:
    return bool(risk.level_last and risk.level_last.rank > book.matrix.line_after)


def _responses(book: Book) -> str:
    return gettext(
        "Risks above the line: %(above)d; with an approved plan: %(approved)d; plan waiting for "
        "approval: %(waiting)d; plan being written or changed: %(writing)d; plan ended: %(ended)d; "
        "without a plan: %(none)d."
    ) % {"above": len(book.above), **book.answers(book.above)}


def _waiting(book: Book) -> str:
    overdue = book.snapshot["actions_overdue"]
    late = sum(action["days"] > 30 for action in overdue)  # noqa: PLR2004 - a month
    return gettext(
        "Waiting for another person: plans %(plans)d, assessments %(assessments)d; actions overdue: "
        "%(overdue)d, by more than 30 days: %(late)d."
    ) % {
        "plans": len(book.snapshot["plans_waiting"]),
        "assessments": len(book.snapshot["confirmations_waiting"]),
        "overdue": len(overdue),
        "late": late,
    }


def _ratings(book: Book) -> str:
    unrated = len(book.risks) - len(book.rated)
    if not unrated:
        return gettext("Every open risk has a confirmed assessment.")
    return ngettext(
        "%(count)d open risk has no confirmed assessment and stands beside the matrix.",
        "%(count)d open risks have no confirmed assessment and stand beside the matrix.",
        unrated,
    ) % {"count": unrated}


def _bars(book: Book) -> str:
    rows = [(gettext("This report"), book.counts())]
    if last := book.snapshot["levels_last"]:
        rows.append((gettext("Last report, %(day)s") % {"day": book.last_day}, last))
    bars = [
        Bar(name, {level.rank: counts.get(word, 0) for word, level in book.levels.items()})
        for name, counts in rows
    ]
    return level_bars(list(book.levels.values()), bars, title=gettext("Risks by level"))
