"""The dry run: what applying would do with every row, written nowhere."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_noop as _

from assessments.matrix import Grid
from assessments.register_import.plan import ImportPlan, describe
from assessments.register_import.rows import ImportedRow
from assessments.schemes import grid_in_force
from assessments.services.imports.places import Places, places_for
from registers.choices import LEVEL_WORDS, OriginKind
from registers.models import RiskOrigin
from riskhub.accounts.models import Department, User
from riskhub.imports.sentences import say

OUTCOMES = ("create", "same", "error", "ignored")


@dataclass(frozen=True)
class Preview:
    """The plan of a file with the database's word on each row."""

    plan: ImportPlan
    places: Places
    grid: Grid
    departments: dict[int, Department]

    @property
    def counts(self) -> dict[str, int]:
        """Rows per outcome, every outcome named."""
        counted = Counter(row.outcome for row in self.plan.rows)
        return {outcome: counted[outcome] for outcome in OUTCOMES}

    @property
    def can_apply(self) -> bool:
        return not self.plan.refused and not self.plan.undecided and self.counts["create"] > 0

    def level_of(self, row: ImportedRow) -> str | None:
        """The word of the row's residual level, None where it is not rated."""
        pair = row.residual or row.inherent
        return LEVEL_WORDS[self.grid.levels[pair]] if pair else None

    def as_json(self) -> dict[str, Any]:
        return self.plan.as_json(self.level_of)


def preview_file(
    data: bytes, filename: str, mapping: object, *, register_code: str, by: User | None
) -> Preview:
    """Read the file by the mapping; raises MappingError for a mapping that cannot be used."""
    plan = describe(data, filename, mapping)
    places = places_for(register_code, by=by)
    known = _known_fingerprints(plan, places)
    departments: dict[int, Department] = {}
    rows = tuple(_settle(row, places, known, departments) for row in plan.rows)
    return Preview(replace(plan, rows=rows), places, grid_in_force(), departments)


def _known_fingerprints(plan: ImportPlan, places: Places) -> dict[str, str]:
    """Fingerprint -> code of the risk that an earlier import of the register made from it."""
    if places.register is None:
        return {}
    wanted = [row.fingerprint for row in plan.rows if row.fingerprint]
    return dict(
        RiskOrigin.objects.filter(
            kind=OriginKind.IMPORT, ref_id__in=wanted, risk__register=places.register
        ).values_list("ref_id", "risk__code")
    )


def _settle(
    row: ImportedRow,
    places: Places,
    known: dict[str, str],
    departments: dict[int, Department],
) -> ImportedRow:
    if row.outcome not in {"create", "error"}:
        return row
    if row.fingerprint in known:
        there = say(_("Already there as %(code)s."), code=known[row.fingerprint])
        return replace(row, outcome="same", messages=(there,))
    if row.outcome == "error":
        return row
    department, message = places.find(row.department)
    said = (*row.messages, message) if message else row.messages
    if department is None:
        return replace(row, outcome="error", messages=said)
    departments[row.row] = department
    return replace(row, messages=said)
