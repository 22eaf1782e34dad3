"""Steps of the story about process changes: filed, handed in, judged, live."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from assessments.models import ProcessChange, ReassessmentTask
from assessments.services import (
    ChangeDraft,
    create_change,
    implement_change,
    ready_change,
    remove_change_risk,
    submit_change,
    take_on_change,
    waive_reassessment,
)
from registers.models import Control, ProcessNode
from riskhub.accounts.models import User
from riskhub.demo.company import Company
from riskhub.demo.steps import Step

Entry = dict[str, Any]


def tell(company: Company, entry: Entry) -> list[Step]:
    """One change, as far as the story takes it."""
    told = _Change(company, entry)
    steps = {
        "at": told.write, "submit": told.hand_in, "taken_on": told.take_on, "judged": told.judge,
        "ready": told.call_ready, "live": told.put_live,
    }  # fmt: skip
    return [
        Step(company.timeline.at(entry[mark]), run) for mark, run in steps.items() if mark in entry
    ]


@dataclass
class _Change:
    """What the steps of one change share: the row that the first one makes."""

    company: Company
    entry: Entry
    made: list[ProcessChange] = field(default_factory=list)

    @property
    def author(self) -> User:
        return self.company.users[self.entry["by"]]

    @property
    def manager(self) -> User:
        return self.company.users["risk.manager"]

    def write(self) -> None:
        self.made.append(create_change(_draft(self.company, self.entry), by=self.author))
        if off := self.entry.get("apart"):
            risk = self.company.risk(off["risk"])
            remove_change_risk(self.made[0], risk, by=self.author, reason=off["reason"])

    def hand_in(self) -> None:
        submit_change(self.made[0], by=self.author, version=None)

    def take_on(self) -> None:
        take_on_change(self.made[0], by=self.manager, version=None)

    def judge(self) -> None:
        for task in ReassessmentTask.objects.open().filter(change_risks__change=self.made[0]):
            waive_reassessment(task, by=self.manager, reason=self.entry["waived"])

    def call_ready(self) -> None:
        ready_change(self.made[0], by=self.manager, version=None)

    def put_live(self) -> None:
        timeline = self.company.timeline
        day = timeline.at(self.entry["live"]).astimezone(timeline.zone).date()
        implement_change(self.made[0], by=self.manager, version=None, effective_on=day)


def _draft(company: Company, entry: Entry) -> ChangeDraft:
    places = [place.split("/") for place in entry.get("nodes", ())]
    codes = entry.get("controls", ())
    return ChangeDraft(
        title=entry["title"]["zh"], title_alt=entry["title"]["en"], kind=entry["kind"],
        description=entry["description"],
        department=company.departments[entry["department"]], rollback=entry["rollback"],
        planned_on=_day(company, entry["planned"]),
        nodes=[ProcessNode.objects.get(map__code=process, key=key) for process, key in places],
        controls=list(Control.objects.filter(library_code__in=codes)),
    )  # fmt: skip


def _day(company: Company, mark: str | int) -> date:
    """Of a mark, or so many days from now."""
    if isinstance(mark, int):
        return company.timeline.today + timedelta(days=mark)
    return company.timeline.at(mark).astimezone(company.timeline.zone).date()
