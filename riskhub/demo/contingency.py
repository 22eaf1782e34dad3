"""Steps of the story about contingency plans: adopted, put in force, drilled."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from assessments.models import ContingencyPlan, Drill, LibraryContingencyPlan
from assessments.services import (
    DrillFound,
    GapFound,
    adopt_contingency_plans,
    hold_drill,
    miss_drill,
    put_in_force,
)
from riskhub.demo.company import Company
from riskhub.demo.steps import Step

Entry = dict[str, Any]


def adopt(company: Company, entry: Entry) -> list[Step]:
    """Those of the library; people act by them at once, or they are still drafts."""

    def run() -> None:
        manager = company.users["risk.manager"]
        entries = LibraryContingencyPlan.objects.filter(code__in=entry["codes"])
        made = adopt_contingency_plans(entries, by=manager, department=company.departments["OPS"])
        for plan in made if entry["in_force"] else ():
            put_in_force(plan, by=manager)

    return [Step(company.timeline.at(entry["at"]), run)]


def drill(company: Company, entry: Entry) -> list[Step]:
    """The scheduled one was held at ten in the morning; or put off, and it is overdue since."""

    def scheduled() -> Drill:
        plan = ContingencyPlan.objects.get(library_code=entry["code"])
        return Drill.objects.scheduled().get(plan=plan)

    def day(offset: int) -> Any:  # noqa: ANN401 - a date
        return company.timeline.today + timedelta(days=offset)

    def put_off() -> None:
        manager = company.users["risk.manager"]
        reason, on = entry["reason"], day(entry["moved"])
        miss_drill(scheduled(), by=manager, reason=reason, next_on=on)

    def hold() -> None:
        gaps = [
            GapFound(text=gap["text"], owner=company.users[gap["owner"]], due_on=day(gap["due"]))
            for gap in entry.get("gaps", ())
        ]
        names = ("result", "attendance", "attendees", "target_took", "note")
        found = DrillFound(
            held_on=timezone.localdate(), gaps=gaps,
            took=dict(enumerate(entry.get("took", ()), start=1)),
            **{name: entry[name] for name in names if name in entry},
        )  # fmt: skip
        hold_drill(scheduled(), found, by=company.users["risk.manager"])

    days = entry["moved"] - 14 if "moved" in entry else entry["held"]
    at = (company.timeline.now + timedelta(days=days)).replace(hour=2, minute=0)
    return [Step(at, put_off if "moved" in entry else hold)]
