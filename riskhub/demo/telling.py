"""Tell the demo company's story: every step through the service that the pages use, on its day."""

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import yaml
from django.utils import timezone
from django.utils.translation import override

from assessments.choices import CycleState
from assessments.models import ReviewCycle
from assessments.quarterly.kind import QUARTERLY
from assessments.services import close_cycle, open_cycle
from riskhub.audit.context import acting
from riskhub.company.calendar import Quarter
from riskhub.company.preferences import company_zone
from riskhub.demo import changes, complaints, contingency, controls, incidents, plans, risks, talk
from riskhub.demo.clock import standing_at
from riskhub.demo.company import Company, found_company
from riskhub.demo.steps import Step
from riskhub.demo.timeline import Timeline
from riskhub.notices.services import read_notices
from riskhub.reports.services import request_report

_CHAPTERS: dict[str, Callable[[Company, Any], list[Step]]] = {
    "adopted": risks.adopt,
    "own": risks.enter,
    "proposals": risks.file,
    "assessments": risks.judge,
    "plans": plans.answer,
    "closed": risks.close,
    "controls": controls.adopt,
    "own_controls": controls.enter,
    "controls_linked": controls.link,
    "own_linked": controls.link_own,
    "kept_controls": controls.check,
    "transfers": controls.transfer,
    "contingency": contingency.adopt,
    "drills": contingency.drill,
    "changes": changes.tell,
    "complaints": complaints.tell,
    "incidents": incidents.tell,
    "orders": incidents.count_orders,
    "comments": talk.say,
}
_FILES = (
    "story.yaml",
    "controls.yaml",
    "contingency.yaml",
    "changes.yaml",
    "complaints.yaml",
    "incidents.yaml",
    "talk.yaml",
)
_NOTICES_READ = "r0.35"


def tell_story(password: str) -> Company:
    """All or nothing: one transaction, on a database that holds the starter library and nobody yet."""
    story: dict[str, Any] = {}
    for name in _FILES:
        story |= yaml.safe_load((files("riskhub.demo") / name).read_text("utf-8"))
    timeline = Timeline(timezone.now(), company_zone())
    with override("zh-hans"), acting(None, "demo.seeded"):
        company = found_company(story, timeline, password)
        for step in sorted(_steps(company), key=lambda step: step.at):
            with standing_at(step.at):
                step.run()
    return company


def ask_for_report(company: Company) -> None:
    """Freeze the finished quarter; a worker makes the pages. Call it outside any transaction."""
    request_report(
        QUARTERLY,
        company.timeline.finished,
        by=company.users["risk.manager"],
        language="zh-hans",
    )


def _steps(company: Company) -> list[Step]:
    told = [
        step
        for chapter, tell in _CHAPTERS.items()
        for entry in company.story[chapter]
        for step in tell(company, entry)
    ]
    return [*told, *_calendar(company)]


def _calendar(company: Company) -> list[Step]:
    """The review of each quarter opens, and what people were told long ago they have read."""
    at, finished, running = company.timeline.at, company.timeline.finished, company.timeline.running

    def read_all() -> None:
        for user in company.users.values():
            read_notices(by=user)

    return [
        Step(at("f0"), lambda: _review(finished)),
        Step(at("r0"), lambda: _review(running)),
        Step(at(_NOTICES_READ), read_all),
    ]


def _review(quarter: Quarter) -> None:
    """The former review ends when the next one begins.

    Beside a running worker the story may find the running quarter's review: the calendar opened it.
    """
    former_reviews = ReviewCycle.objects.filter(opens_on__lt=quarter.starts_on)
    for former in former_reviews.filter(state=CycleState.OPEN):
        close_cycle(former, by=None)
    open_cycle(quarter)
