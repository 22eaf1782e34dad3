"""Steps of the story about controls: adopted, given to people, linked to risks, checked."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from assessments.counting import has_failed, links_in_use
from assessments.effects import AXES, Effect, Pair
from registers.models import Control, LibraryControl, LibraryRisk, Risk
from registers.models.transfers import TRANSFERS
from registers.services import (
    CheckFound,
    ControlDraft,
    TransferDraft,
    adopt_controls,
    create_control,
    create_transfer,
    edit_control,
    link_control,
    record_check,
)
from riskhub.demo.company import Company
from riskhub.demo.steps import Step

Entry = dict[str, Any]
_ANSWER = "上次检查不合格的部分已返工，只按合格的部分计一级。"


def adopt(company: Company, entry: Entry) -> list[Step]:
    """The chosen library controls, each given to the person who looks after it."""

    def run() -> None:
        manager = company.users["risk.manager"]
        entries = LibraryControl.objects.filter(code__in=entry["codes"])
        made = adopt_controls(
            entries, by=manager, department=company.departments["OPS"], state=entry["state"]
        )
        for control in made:
            if kept := company.story["kept_controls"].get(control.code):
                edit_control(control, by=manager, version=None, **_keeper(company, kept))

    return [Step(company.timeline.at(entry["at"]), run)]


def enter(company: Company, entry: Entry) -> list[Step]:
    """One of the company's own."""

    def run() -> None:
        by = company.users[entry["by"]]
        draft = ControlDraft(
            title=entry["title"]["zh"], title_alt=entry["title"]["en"], type=entry["type"],
            owner_department=company.departments[entry["department"]],
            owner=company.users[entry["owner"]], check_every_days=entry["days"],
        )  # fmt: skip
        control = create_control(draft, by=by)
        for key in entry["risks"]:
            link_control(company.risk(key), control, by=by)

    return [Step(company.timeline.at(entry["at"]), run)]


def transfer(company: Company, entry: Entry) -> list[Step]:
    """A policy, a clause or a supplier."""

    def run() -> None:
        until = entry.get("until")
        draft = TransferDraft(
            code=entry["code"], name_zh=entry["zh"], name_en=entry["en"], note=entry.get("note", ""),
            valid_until=None if until is None else company.timeline.today + timedelta(days=until),
        )  # fmt: skip
        create_transfer(TRANSFERS[entry["kind"]], draft, by=company.users["risk.manager"])

    return [Step(company.timeline.at(entry["at"]), run)]


def link(company: Company, mark: str) -> list[Step]:
    """What the library names for the adopted risks, as far as both are there and linked to nothing."""

    def run() -> None:
        manager = company.users["risk.manager"]
        controls = {one.library_code: one for one in Control.objects.exclude(library_code="")}
        for entry in LibraryRisk.objects.filter(code__in=company.risks):
            risk = company.risk(entry.code)
            for code in entry.controls:
                if code in controls:
                    link_control(risk, controls[code], by=manager)

    return [Step(company.timeline.at(mark), run)]


def link_own(company: Company, entry: Entry) -> list[Step]:
    """A control of the library that acts on a risk of the company's own."""

    def run() -> None:
        control = Control.objects.get(library_code=entry["control"])
        link_control(company.risk(entry["risk"]), control, by=company.users["risk.manager"])

    return [Step(company.timeline.at(entry["at"]), run)]


def counted_for(risk: Risk, inherent: Pair, residual: Pair) -> tuple[Effect, ...]:
    """The controls of a risk as an assessor counts them: just what brings it down to the residual."""
    left = dict(zip(AXES, (a - b for a, b in zip(inherent, residual, strict=True)), strict=True))
    links = sorted(links_in_use([risk])[risk.pk], key=has_failed)
    effects = {link.control_id: Effect(link.control_id) for link in links}
    for axis in AXES:
        for link in sorted(links, key=lambda link: link.acts_on != axis):
            steps = min(left[axis], 1 if len(links) >= left[axis] else 2)
            left[axis] -= steps
            if steps:
                answer = _ANSWER if has_failed(link) else ""
                changes: Any = {axis: steps, "answer": answer}
                effects[link.control_id] = replace(effects[link.control_id], **changes)
    return tuple(effects.values())


def check(company: Company, code: str) -> list[Step]:
    """The checks of one control, each on its day at ten in the morning."""
    kept = company.story["kept_controls"][code]
    return [_check(company, code, kept, facts) for facts in kept.get("checks", [])]


def _check(company: Company, code: str, kept: Entry, facts: list[int]) -> Step:
    days, sample, wrong = facts
    at = (company.timeline.now + timedelta(days=days)).replace(hour=2, minute=0)

    def run() -> None:
        control = Control.objects.get(library_code=code)
        found = CheckFound(
            done_on=at.astimezone(company.timeline.zone).date(),
            design_ok=True,
            sample_size=sample,
            exceptions=wrong,
            note=kept.get("said", {}).get(days, ""),
            evidence=f"抽查 {sample} 份，清单存部门共享盘" if sample else "",
        )
        due_on = control.next_check_on
        assert due_on is not None  # noqa: S101 - it is in use
        record_check(control, found, by=company.users[kept["owner"]], due_on=due_on)

    return Step(at, run)


def _keeper(company: Company, entry: Entry) -> Entry:
    """Who looks after it, of which department where that is not the library's, and when it is checked."""
    day = company.timeline.today + timedelta(days=entry["due"])
    fields: Entry = {"next_check_on": day}
    if "owner" in entry:
        fields["owner"] = company.users[entry["owner"]]
    if "department" in entry:
        fields["owner_department"] = company.departments[entry["department"]]
    return fields
