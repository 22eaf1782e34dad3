"""Section 6: response plans and the register of approvals."""

from typing import Any

from django.utils.translation import gettext

from assessments.quarterly.pages.book import Book
from assessments.quarterly.pages.language import DECISIONS, STRATEGIES, day, minute, tr, word

BANDS = ((1, 7), (8, 30), (31, None))


def responses_page(book: Book) -> dict[str, Any]:
    planned = [risk for risk in book.risks if risk.plan]
    return {
        "key": gettext(
            "Risks with a plan: %(plans)d; approved: %(approved)d, waiting for approval: %(waiting)d, "
            "being written or changed: %(writing)d, run out: %(ended)d; decisions this quarter: "
            "%(decisions)d, rejections among them, which end a plan: %(rejected)d; actions overdue: "
            "%(overdue)d."
        )
        % {
            "plans": len(planned),
            **book.answers(planned),
            "decisions": len(book.snapshot["decisions"]),
            "rejected": sum(d["decision"] == "rejected" for d in book.snapshot["decisions"]),
            "overdue": len(book.snapshot["actions_overdue"]),
        },
        "strategies": _strategies(book),
        "risk_count": len(book.risks),
        "above_count": len(book.above),
        "bands": _bands(book),
        "overdue_count": len(book.snapshot["actions_overdue"]),
        "decisions": [
            {
                "title": f"{item['plan']} v{item['version']}",
                "risk": item["risk"],
                "hash": item["hash"][:12],
                "who": tr(item["who"]),
                "at": minute(item["decided_at"]),
                "decision": word(DECISIONS, item["decision"]),
                "days": item["days"],
                "comment": item["comment"],
            }
            for item in book.snapshot["decisions"]
        ],
        "shown": [
            {"risk": risk, "plan": risk.plan, "due_on": day(risk.plan["due_on"])}
            for risk in planned
            if risk.plan and risk.is_above
        ],
    }


def _strategies(book: Book) -> list[dict[str, Any]]:
    rows = [(word(STRATEGIES, code), code) for code in STRATEGIES]
    rows.append((gettext("no plan"), ""))
    return [
        {
            "name": name,
            "count": sum((risk.part["strategy"] or "") == code for risk in book.risks),
            "above": sum((risk.part["strategy"] or "") == code for risk in book.above),
        }
        for name, code in rows
    ]


def _bands(book: Book) -> list[dict[str, Any]]:
    days = [item["days"] for item in book.snapshot["actions_overdue"]]
    rows = []
    for low, high in BANDS:
        name = (
            gettext("%(low)d to %(high)d days") % {"low": low, "high": high}
            if high
            else gettext("more than %(days)d days") % {"days": low - 1}
        )
        rows.append({"name": name, "count": sum(low <= n <= (high or n) for n in days)})
    return rows
