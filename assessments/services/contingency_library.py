"""The library's contingency plans: adopting makes drafts of our own, linked to the adopted risks."""

from collections.abc import Iterable
from typing import Any

from assessments.models import ContingencyPlan, ContingencyRisk, LibraryContingencyPlan
from assessments.schemes.presets import shipped_contingency_plans
from assessments.services.contingency import (
    FIRST_OWN,
    ContingencyContent,
    ContingencyDraft,
    StepText,
    TriggerText,
    create_contingency_plan,
)
from registers.choices import OriginKind
from registers.models import LibraryRisk, Risk, RiskOrigin
from registers.permissions import KEEPERS
from registers.querysets import departments_of
from registers.services.starter import load_entries
from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting
from riskhub.company.services import take_numbers


def load_library_contingency_plans(*, by: User | None) -> int:
    """The ten starter plans as shipped; a newer edition replaces the older text, adopted copies stay."""
    with acting(by, "library.loaded"):
        return load_entries(LibraryContingencyPlan, shipped_contingency_plans(), by=by)


def adopt_contingency_plans(
    entries: Iterable[LibraryContingencyPlan], *, by: User | None, department: Department
) -> list[ContingencyPlan]:
    """Copy them as drafts; those that are there already are passed over.

    Each goes to the department that the library makes responsible, where `by` answers for it; else to
    the given one. They keep their number where nobody else has it, and answer the risks that were
    adopted from the library with them and that `by` answers for.
    """
    with acting(by, "library_contingency.adopted"):
        take_numbers("contingency", by=by, count=0)  # waits for whoever adopts the same right now
        entries = list(entries)
        present = adopted_contingency_plans(entry.code for entry in entries)
        kept = departments_of(by, *KEEPERS) if by else Department.objects.active()
        own = {one.code: one for one in kept}
        known = {one.code: one for one in Department.objects.active()}
        taken = set(ContingencyPlan.objects.values_list("number", flat=True))
        made = [
            create_contingency_plan(
                _draft(entry, own.get(entry.body["responsible"], department), known, taken), by=by
            )
            for entry in entries
            if entry.code not in present
        ]
        _link(made, [one.pk for one in own.values()])
        return made


def adopted_contingency_plans(codes: Iterable[str]) -> dict[str, ContingencyPlan]:
    """{library code: the plan that was made of it}, unless that is retired."""
    plans = ContingencyPlan.objects.not_retired().filter(library_code__in=list(codes))
    return {plan.library_code: plan for plan in plans.order_by("-number")}


def _link(plans: list[ContingencyPlan], departments: list[int]) -> None:
    by_code = {plan.library_code: plan for plan in plans}
    named = {
        entry.code: by_code[code]
        for entry in LibraryRisk.objects.all()
        if (code := str(entry.body.get("contingency", ""))) in by_code
    }
    origins = RiskOrigin.objects.filter(
        kind=OriginKind.LIBRARY, ref_id__in=named, risk__in=Risk.objects.open(),
        risk__owner_department__in=departments,
    )  # fmt: skip
    ContingencyRisk.objects.bulk_create(
        [ContingencyRisk(plan=named[one.ref_id], risk_id=one.risk_id) for one in origins],
        ignore_conflicts=True,
    )


def _draft(
    entry: LibraryContingencyPlan,
    department: Department,
    known: dict[str, Department],
    taken: set[int],
) -> ContingencyDraft:
    body: dict[str, Any] = entry.body
    drill, target = body["drill"], body["drill"]["target"]
    is_free = entry.number not in taken and entry.number < FIRST_OWN
    return ContingencyDraft(
        name_zh=body["name"]["zh"],
        name_en=body["name"]["en"],
        owner_department=department,
        drill_months=entry.months,
        library_code=entry.code,
        number=entry.number if is_free else None,
        content=ContingencyContent(
            responsible_department=known.get(body["responsible"]),
            deputy_department=known.get(body["deputy"]),
            drill_kind=drill["kind"],
            scenario_zh=drill["scenario"]["zh"],
            scenario_en=drill["scenario"]["en"],
            target_zh=target["metric"]["zh"],
            target_en=target["metric"]["en"],
            target_minutes=target["max_minutes"],
            triggers=[TriggerText(text_zh=one["zh"], text_en=one["en"]) for one in body["triggers"]],
            steps=[
                StepText(
                    minute=step["min"], department=known.get(step["who"]),
                    text_zh=step["do"]["zh"], text_en=step["do"]["en"],
                )
                for step in body["steps"]
            ],
        ),
    )  # fmt: skip
