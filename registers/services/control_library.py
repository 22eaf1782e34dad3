"""The library's controls: adopting makes controls of our own, and the risks' links to them."""

from collections.abc import Iterable, Mapping, Sequence

from registers.choices import ControlState
from registers.closing import require_open
from registers.models import Control, LibraryControl, LibraryRisk, Risk, RiskControl
from registers.permissions import KEEPERS
from registers.querysets import departments_of
from registers.services.controls import (
    FIRST_OWN,
    ControlDraft,
    build_control,
)
from registers.services.risk_controls import link_control, usual_effect
from riskhub.accounts.bilingual import languages_read
from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row
from riskhub.company.services import take_numbers

Adopted = dict[str, Control]
"""{library code: the control that was made of it, now or earlier}."""


def adopt_controls(
    entries: Iterable[LibraryControl],
    *,
    by: User | None,
    department: Department,
    state: str = ControlState.DRAFT,
) -> list[Control]:
    """Copy them into the catalogue; those that `by` sees there already are passed over.

    Each goes to the department that the library names, where `by` answers for it; else to the given
    one. They keep their number where nobody else has it.
    """
    with acting(by, "library_control.adopted"):
        take_numbers("control", by=by, count=0)  # waits for whoever adopts the same right now
        entries = list(entries)
        present = adopted_controls(by, [entry.code for entry in entries])
        wanted = [entry for entry in entries if entry.code not in present]
        kept = departments_of(by, *KEEPERS) if by else Department.objects.active()
        departments = {one.code: one for one in kept}
        numbers = _numbers(wanted, by)
        made = [
            build_control(
                _draft(entry, departments.get(entry.body["dept"], department), state),
                number=numbers[entry.code], by=by,
            )
            for entry in wanted
        ]  # fmt: skip
        Control.objects.bulk_create(made)
        return list(Control.objects.filter(pk__in=[one.pk for one in made]).order_by("number"))


def adopt_controls_of(risks: Mapping[str, Risk], *, by: User | None) -> list[RiskControl]:
    """What the library names for these adopted risks ({library code: risk}): planned, and linked."""
    with acting(by, "library_control.adopted"):
        named = {
            risk: entry.controls
            for entry in LibraryRisk.objects.filter(code__in=risks)
            if (risk := risks[entry.code])
        }
        codes = {code for codes in named.values() for code in codes}
        first = next(iter(risks.values()), None)
        if not codes or first is None:
            return []
        adopt_controls(
            LibraryControl.objects.filter(code__in=codes), by=by,
            department=first.register.department,
        )  # fmt: skip
        controls = adopted_controls(by, codes)
        links = [
            RiskControl(risk=risk, control=one, acts_on=usual_effect(one.type))
            for risk, codes in named.items()
            for one in (controls[code] for code in codes if code in controls)
        ]
        return RiskControl.objects.bulk_create(links, ignore_conflicts=True)


def adopt_control_for(risk: Risk, entry: LibraryControl, *, by: User) -> Control:
    """Planned in the catalogue, unless it is there already, and linked to the risk."""
    with acting(by, "library_control.adopted"):
        require_open(lock_row(risk))
        adopt_controls([entry], by=by, department=risk.owner_department)
        control = adopted_controls(by, [entry.code])[entry.code]
        link_control(risk, control, by=by)
        return control


def adopted_controls(user: User | None, codes: Iterable[str]) -> Adopted:
    """Which of these the user has already; the oldest where there are several."""
    controls = Control.objects.visible_to(user) if user else Control.objects.all()
    found = controls.not_retired().filter(library_code__in=list(codes)).order_by("-number")
    return {one.library_code: one for one in found}


def _numbers(entries: Sequence[LibraryControl], by: User | None) -> dict[str, int]:
    """Their own where it is free, else the next ones of the company."""
    own = {entry.code: entry.number for entry in entries}
    taken = set(Control.objects.filter(number__in=own.values()).values_list("number", flat=True))
    others = [code for code, number in own.items() if number in taken or number >= FIRST_OWN]
    fresh = take_numbers("control", by=by, count=len(others))
    return own | {code: FIRST_OWN - 1 + number for code, number in zip(others, fresh, strict=True)}


def _draft(entry: LibraryControl, department: Department, state: str) -> ControlDraft:
    key, other = languages_read()
    return ControlDraft(
        title=entry.body["name"][key],
        title_alt=entry.body["name"][other],
        lang="en" if key == "en" else "zh-hans",
        type=entry.type,
        evidence=entry.body["evidence"][key],
        owner_department=department,
        check_every_days=entry.days,
        state=state,
        library_code=entry.code,
    )
