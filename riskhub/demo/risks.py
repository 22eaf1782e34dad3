"""Steps of the story about risks: adopted, entered, filed by staff, judged, closed."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from assessments.choices import Trigger
from assessments.grounds import Basis, Score
from assessments.lec import Lec
from assessments.services import Scores, confirm_assessment, record_assessment
from registers.models import LibraryRisk, Risk, RiskArea, RiskCategory, RiskSource, ServiceLine
from registers.services import (
    RiskDraft,
    accept_proposal,
    adopt_risks,
    close_risk,
    create_risk,
    decline_proposal,
    edit_risk,
    file_proposal,
)
from registers.services.triage_notices import tell_filer
from riskhub.demo.company import Company
from riskhub.demo.controls import counted_for
from riskhub.demo.photo import photo
from riskhub.demo.steps import Step

Entry = dict[str, Any]


def adopt(company: Company, entry: Entry) -> list[Step]:
    """The chosen library risks, each then given to the person who looks after it."""

    def run() -> None:
        manager = company.users["risk.manager"]
        entries = LibraryRisk.objects.filter(code__in=entry["risks"])
        register = company.registers[entry["register"]]
        made = adopt_risks(entries, by=manager, register=register)
        company.risks |= dict(zip((one.code for one in entries), made, strict=True))
        for code in entry["risks"]:
            if kept := company.story["kept"].get(code):
                edit_risk(company.risks[code], by=manager, version=None, **_keeper(company, kept))

    return [Step(company.timeline.at(entry["at"]), run)]


def enter(company: Company, entry: Entry) -> list[Step]:
    def run() -> None:
        by = company.users[entry["by"]]
        company.risks[entry["key"]] = create_risk(_draft(company, entry), by=by)

    return [Step(company.timeline.at(entry["at"]), run)]


def file(company: Company, entry: Entry) -> list[Step]:
    """Somebody files what they saw; the risk manager accepts it, declines it, or has not come to it."""

    def run() -> None:
        proposal, _is_new = file_proposal(
            by=company.users[entry["by"]], client_uuid=uuid4(), text=entry["text"],
            department=company.departments[entry["department"]], kinds=entry.get("kinds", ()),
            place=entry.get("place", ""), is_anonymous=entry.get("nameless", False),
            photos=[photo()] if "photo" in entry else (),
        )  # fmt: skip
        kept.append(proposal)

    def accept() -> None:
        draft = _draft(company, entry["accept"] | {"department": entry["department"]})
        manager = company.users["risk.manager"]
        company.risks[entry["key"]] = accept_proposal(kept[0], draft, by=manager)
        tell_filer(kept[0], kept[0].decided_at, by=manager)

    def decline() -> None:
        reason = entry["decline"]["reason"]
        decline_proposal(kept[0], by=company.users["risk.manager"], reason=reason)
        tell_filer(kept[0], kept[0].decided_at, by=company.users["risk.manager"])

    kept: list[Any] = []
    steps = [Step(company.timeline.at(entry["at"]), run)]
    for verb, decide in (("accept", accept), ("decline", decline)):
        if verb in entry:
            steps.append(Step(company.timeline.at(entry[verb]["at"]), decide))
    return steps


def judge(company: Company, entry: Entry) -> list[Step]:
    """An assessment, and a little later its confirmation where somebody has come to it."""

    def run() -> None:
        risk = company.risk(entry["risk"])
        target = tuple(entry["target"]) if "target" in entry else None
        inherent, residual = tuple(entry["inherent"]), tuple(entry["residual"])
        dimensions = tuple(Score(*pair) for pair in entry.get("dimensions", {}).items())
        lec = Lec(*map(Decimal, entry["lec"])) if "lec" in entry else None
        effects = counted_for(risk, inherent, residual)
        basis = Basis(effects=effects, inherent=dimensions, lec=lec)
        kept.append(
            record_assessment(
                risk, by=company.users[entry["by"]], scores=Scores(inherent, residual, target),
                rationale=_rationale(entry["risk"], risk.event), basis=basis,
                trigger=_trigger(risk, entry["at"]),
            )
        )  # fmt: skip

    def confirm() -> None:
        confirm_assessment(kept[0], by=company.users[entry["confirm"]])

    kept: list[Any] = []
    steps = [Step(company.timeline.at(entry["at"]), run)]
    if "confirm" in entry:
        steps.append(Step(company.timeline.at(entry["at"], later=0.005), confirm))
    return steps


def close(company: Company, entry: Entry) -> list[Step]:
    def run() -> None:
        by = company.users[entry["by"]]
        close_risk(company.risk(entry["risk"]), by=by, reason=entry["reason"])

    return [Step(company.timeline.at(entry["at"]), run)]


def _keeper(company: Company, entry: Entry) -> Entry:
    """Who looks after a risk, and of which department it is where that is not the library's."""
    fields: Entry = {"owner": company.users[entry["owner"]]}
    if "department" in entry:
        fields["owner_department"] = company.departments[entry["department"]]
    return fields


def _draft(company: Company, entry: Entry) -> RiskDraft:
    owner = entry.get("owner")
    return RiskDraft(
        register=company.registers[entry["register"]],
        title=entry["title"]["zh"],
        title_alt=entry["title"]["en"],
        cause=entry["cause"],
        event=entry["event"],
        consequence=entry["consequence"],
        category=RiskCategory.objects.get(code=entry["category"]),
        area=RiskArea.objects.get(code=entry["area"]),
        primary_source=RiskSource.objects.get(code=entry["source"]),
        owner_department=company.departments[entry["department"]],
        owner=company.users[owner] if owner else None,
        service_lines=list(ServiceLine.objects.filter(code__in=entry["lines"])),
    )


def _rationale(key: str, event: str) -> str:
    """What was noted lately, in the words of the library's examples."""
    entry = LibraryRisk.objects.filter(code=key).first()
    seen = entry.body["examples"]["zh"] if entry else [event]
    return f"近三个月的记录：{'；'.join(seen[:2])}。按控制措施的实际执行情况评分。"


def _trigger(risk: Risk, mark: str) -> str:
    if risk.assessed_on is None:
        return Trigger.INITIAL
    return Trigger.QUARTERLY if mark[0] == "r" else Trigger.MANUAL
