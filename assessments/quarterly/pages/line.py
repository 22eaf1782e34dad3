"""One risk as the pages print it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_noop

from assessments.quarterly.pages.language import PLAN_STATES, STRATEGIES, day, listed, tr, word
from registers.responses import versions_in_words
from riskhub.reports.charts.grid import Place
from riskhub.reports.charts.levels import Level

if TYPE_CHECKING:
    from assessments.quarterly.pages.book import Book
    from assessments.quarterly.schema import Cell, PlanBrief, RiskPart

APPROVED_STATES = ("approved", "in_progress", "completed", "closed")
RESPONSES = ("approved", "waiting", "writing", "ended", "none")
"""Where the answer to a risk stands; every risk has exactly one of them."""
_WRITING = ("draft", "changes_requested")
_STEPS = {
    "draft": gettext_noop("Finish the plan and submit it."),
    "submitted": gettext_noop("Decide on the plan."),
    "changes_requested": gettext_noop("Change the plan as asked and submit it again."),
    "expired": gettext_noop("Renew the acceptance or write another plan."),
}


class RiskLine:
    """Reads one part of the snapshot; texts come in the active language."""

    def __init__(self, part: "RiskPart", book: "Book") -> None:
        self.part, self.book = part, book
        self.code, self.rank, self.importance = part["code"], part["rank"], part["importance"]
        self.cause, self.event = part["cause"], part["event"]
        self.consequence, self.priority = part["consequence"], part["priority"]
        self.is_above, self.is_above_area = part["is_above"], part["is_above_area"]
        self.is_new, self.moved_reason = part["is_new"], part["moved_reason"]
        self.name = tr(part["name"])

    @property
    def level(self) -> Level | None:
        return self._level(self.part["level"])

    @property
    def level_inherent(self) -> Level | None:
        return self._level(self.part["level_inherent"])

    @property
    def level_last(self) -> Level | None:
        return self._level(self.part["level_last"])

    @property
    def inherent(self) -> Place | None:
        return _place(self.part["inherent"])

    @property
    def residual(self) -> Place | None:
        return _place(self.part["residual"])

    @property
    def target(self) -> Place | None:
        return _place(self.part["target"])

    @property
    def last(self) -> Place | None:
        return _place(self.part["last"])

    @property
    def has_moved(self) -> bool:
        return bool(self.last and self.residual and self.last != self.residual)

    @property
    def is_higher(self) -> bool:
        """By the sum of the scores, which is what one step on either axis is worth."""
        return bool(self.last and self.residual and sum(self.residual) > sum(self.last))

    @property
    def is_lower(self) -> bool:
        """By the same sum; what is neither has moved sideways."""
        return bool(self.last and self.residual and sum(self.residual) < sum(self.last))

    @property
    def category(self) -> str:
        return self.book.name("categories", self.part["category"])

    @property
    def area(self) -> str:
        return self.book.name("areas", self.part["area"])

    @property
    def source(self) -> str:
        return self.book.name("sources", self.part["source"])

    @property
    def department(self) -> str:
        return self.book.name("departments", self.part["department"])

    @property
    def responsible(self) -> str:
        """Department and the owner's role."""
        owner = tr(self.part["owner"])
        return listed([self.department, owner]) if owner else self.department

    @property
    def plan(self) -> "PlanBrief | None":
        return self.part["plan"]

    @property
    def plan_title(self) -> str:
        """`RP-011 v2`."""
        return f"{self.plan['code']} v{self.plan['version']}" if self.plan else ""

    @property
    def plan_state(self) -> str:
        if not self.plan:
            return ""
        state = word(PLAN_STATES, self.plan["state"])
        return versions_in_words(state, self.plan["version"], self.plan["approved_version"])

    @property
    def has_approved_plan(self) -> bool:
        """Also where a new version is being written: the approved one stays in force until then."""
        if not self.plan:
            return False
        is_alive = self.plan["state"] in ("submitted", *_WRITING)
        return self.plan["state"] in APPROVED_STATES or bool(
            is_alive and self.plan["approved_version"]
        )

    @property
    def answer(self) -> str:
        """One of RESPONSES."""
        if not self.plan:
            return "none"
        if self.has_approved_plan:
            return "approved"
        if self.plan["state"] == "submitted":
            return "waiting"
        return "writing" if self.plan["state"] in _WRITING else "ended"

    @property
    def next_step(self) -> str:
        """The first open action; before approval, what brings the plan there."""
        if not self.plan:
            return gettext("Write a response plan.")
        step = _STEPS.get(self.plan["state"], gettext_noop("No open action."))
        return self.plan["next_step"] or gettext(step)

    @property
    def strategy(self) -> str:
        return word(STRATEGIES, self.part["strategy"])

    @property
    def response(self) -> str:
        """Strategy, plan and state in one line; what is missing is said."""
        if not self.plan:
            return gettext("No plan")
        return listed([self.strategy, self.plan_title, self.plan_state])

    @property
    def assessed_on(self) -> str:
        return day(self.part["assessed_on"])

    @property
    def next_review_on(self) -> str:
        return day(self.part["next_review_on"])

    @property
    def note(self) -> str:
        """What a reader must know before trusting the level."""
        notes = []
        if self.part["imported_note"]:
            notes.append(gettext("imported, controls not linked"))
        if self.part["waits_for_confirmation"]:
            notes.append(gettext("new assessment waits for confirmation"))
        return listed(notes)

    def _level(self, code: str | None) -> Level | None:
        return self.book.levels[code] if code else None


def _place(cell: "Cell | None") -> Place | None:
    return (cell[0], cell[1]) if cell else None
