"""Section 2: what management is asked to decide."""

from typing import Any

from django.utils.translation import gettext

from assessments.quarterly.pages.book import Book
from assessments.quarterly.pages.language import STRATEGIES, day, word


def decisions_page(book: Book) -> dict[str, Any]:
    part = book.snapshot
    return {
        "key": gettext(
            "Plans to approve: %(plans)d; assessments to confirm: %(assessments)d; acceptances that "
            "end: %(acceptances)d; actions overdue: %(overdue)d."
        )
        % {
            "plans": len(part["plans_waiting"]),
            "assessments": len(part["confirmations_waiting"]),
            "acceptances": len(part["acceptances"]),
            "overdue": len(part["actions_overdue"]),
        },
        "plans": [
            {
                "title": f"{item['plan']} v{item['version']}",
                "hash": item["hash"][:12],
                "risk": book.risk_name(item["risk"]),
                "level": book.by_code[item["risk"]].level if item["risk"] in book.by_code else None,
                "strategy": word(STRATEGIES, item["strategy"]),
                "ask": item["ask"],
                "residual": _place(item["residual"]),
                "target": _place(item["target"]),
                "waiting": item["waiting_days"],
                "due_on": day(item["due_on"]),
            }
            for item in part["plans_waiting"]
        ],
        "assessments": [
            {
                "risk": book.risk_name(item["risk"]),
                "residual": _place(item["residual"]),
                "level": book.levels[item["level"]],
                "submitted_on": day(item["submitted_on"]),
                "waiting": item["waiting_days"],
            }
            for item in part["confirmations_waiting"]
        ],
        "acceptances": [
            {
                "risk": book.risk_name(item["risk"]),
                "plan": item["plan"],
                "until": day(item["until"]),
                "reason": item["reason"],
            }
            for item in part["acceptances"]
        ],
        "overdue": [
            {
                "plan": item["plan"],
                "action": item["action"],
                "department": book.name("departments", item["department"]),
                "due_on": day(item["due_on"]),
                "days": item["days"],
            }
            for item in part["actions_overdue"]
        ],
    }


def _place(cell: list[int] | None) -> tuple[int, int] | None:
    return (cell[0], cell[1]) if cell else None
