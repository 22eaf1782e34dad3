"""The starter library: adopting makes ordinary risks of our own."""

from collections.abc import Iterable

from registers.choices import OriginKind
from registers.models import (
    LibraryRisk,
    Register,
    Risk,
    RiskArea,
    RiskCategory,
    RiskOrigin,
    RiskSource,
    ServiceLine,
)
from registers.querysets import departments_of
from registers.services.control_library import adopt_controls_of
from registers.services.drafts import Origin, RiskDraft
from registers.services.process_maps import pin_adopted
from registers.services.registers import require_taking
from registers.services.risks import create_risks
from riskhub.accounts.bilingual import languages_read
from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting


def adopt_risks(
    entries: Iterable[LibraryRisk],
    *,
    by: User | None,
    register: Register,
    with_controls: bool = False,
) -> list[Risk]:
    """Copy library risks into a register, in state identified; what it has already is passed over.

    Each goes to the department that the library names, where `by` keeps its register; else to the
    department of this one. `with_controls` brings the controls that the library names for them, as
    planned ones.
    """
    with acting(by, "library_risk.adopted"):
        require_taking([register])
        entries = list(entries)
        present = set(adopted_codes(register, [entry.code for entry in entries]))
        terms = _Terms(register, by)
        wanted = [entry for entry in entries if entry.code not in present]
        made = create_risks([terms.draft(entry) for entry in wanted], by=by)
        adopted = dict(zip((entry.code for entry in wanted), made, strict=True))
        pin_adopted(adopted, by=by)
        if with_controls:
            adopt_controls_of(adopted, by=by)
        return made


def adopted_codes(register: Register, codes: Iterable[str]) -> list[str]:
    """Which of these library risks the register has adopted."""
    return list(
        RiskOrigin.objects.filter(
            kind=OriginKind.LIBRARY, ref_id__in=list(codes), risk__register=register
        ).values_list("ref_id", flat=True)
    )


class _Terms:
    """The taxonomy by code, read once for any number of adopted risks."""

    def __init__(self, register: Register, by: User | None) -> None:
        self.register = register
        self.categories = {term.code: term for term in RiskCategory.objects.all()}
        self.areas = {term.code: term for term in RiskArea.objects.all()}
        self.sources = {term.code: term for term in RiskSource.objects.all()}
        self.lines = {term.code: term for term in ServiceLine.objects.all()}
        kept = departments_of(by, Role.RISK_MANAGER) if by else Department.objects.active()
        self.departments = {term.code: term for term in kept}

    def draft(self, entry: LibraryRisk) -> RiskDraft:
        body = entry.body
        key, other = languages_read()
        sources = [self.sources[code] for code in body["sources"]]
        return RiskDraft(
            register=self.register,
            title=body["title"][key],
            title_alt=body["title"][other],
            cause=body["cause"][key],
            event=body["event"][key],
            consequence=body["consequence"][key],
            lang="en" if key == "en" else "zh-hans",
            category=self.categories[body["category"]],
            area=self.areas.get(body.get("area", "")),
            primary_source=sources[0],
            sources=sources,
            service_lines=[self.lines[code] for code in body["service_lines"]],
            owner_department=self.departments.get(body["department"], self.register.department),
            business_importance=body["importance"],
            importance_reason=entry.code,
            velocity=body["velocity"],
            controllability=body.get("controllability", "own"),
            origin=Origin(OriginKind.LIBRARY, entry.code, entry.title),
        )
