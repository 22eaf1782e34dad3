"""Section 5: the ten risks that rank first, half a page each."""

from typing import Any

from django.utils.translation import gettext, pgettext

from assessments.quarterly.pages.book import Book
from assessments.quarterly.pages.language import day
from assessments.quarterly.pages.line import RiskLine
from riskhub.reports.charts.mini_matrix import mini_matrix

MOST = 10


def leading_page(book: Book) -> dict[str, Any]:
    risks = book.rated[:MOST]
    actions = [risk.plan for risk in risks if risk.plan]
    return {
        "key": gettext(
            "The first %(count)d in rank: with a plan %(planned)d, with an approved plan "
            "%(approved)d; actions done: %(done)d of %(actions)d."
        )
        % {
            "count": len(risks),
            "planned": len(actions),
            "approved": sum(risk.has_approved_plan for risk in risks),
            "done": sum(plan["actions_done"] for plan in actions),
            "actions": sum(plan["actions"] for plan in actions),
        },
        "cards": [_card(book, risk) for risk in risks],
    }


def _card(book: Book, risk: RiskLine) -> dict[str, Any]:
    assert risk.residual  # noqa: S101 - a rated risk has one
    picture = mini_matrix(
        book.matrix,
        code=risk.code,
        residual=risk.residual,
        inherent=risk.inherent,
        target=risk.target,
    )
    chain = [
        (gettext("Cause"), risk.cause),
        (gettext("Event"), risk.event),
        (gettext("Consequence"), risk.consequence),
    ]
    return {
        "risk": risk,
        "picture": picture,
        "chain": [(label, words) for label, words in chain if words],
        "half_importance": risk.importance - 3,
        "since_last": _since_last(book, risk),
        "due_on": day(risk.plan["due_on"]) if risk.plan else "",
    }


def _since_last(book: Book, risk: RiskLine) -> str:
    if book.snapshot["levels_last"] is None:
        return ""
    if risk.last is None:
        return pgettext("report", "new") if risk.is_new else gettext("not rated in the last report")
    if not risk.has_moved:
        return gettext("as in the last report")
    return gettext("last report P%(p)d I%(i)d") % {"p": risk.last[0], "i": risk.last[1]}
