"""The dry run: what applying would do with every row, written nowhere."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from assessments.matrix import Grid
from assessments.register_import.layout import judge_header
from assessments.register_import.mapping import MappingError, RegisterMapping, parse_mapping
from assessments.register_import.plan import ImportPlan, plan_table
from assessments.register_import.rows import ImportedRow
from assessments.register_import.scores import Pair
from assessments.register_import.values import value_key
from assessments.register_import.words import USUAL, Words
from assessments.schemes.in_force import grid_in_force
from assessments.services.imports.own_words import own_words
from assessments.services.imports.places import Places, places_for
from registers.choices import LEVEL_WORDS, OriginKind
from registers.models import Register, Risk, RiskOrigin, RiskSource
from registers.querysets import number_of, risk_scope
from riskhub.accounts.models import Department, User
from riskhub.imports.sentences import FileRefusedError, Sentence, say
from riskhub.imports.sheets import TableFile
from riskhub.imports.tables import read_tables

_ELSEWHERE = _("Belongs to %(register)s as %(code)s: not taken twice.")
_AGAIN = _("Opens %(code)s again, which was taken back.")
OUTCOMES = ("create", "same", "error", "ignored")


@dataclass(frozen=True)
class Settled:
    """What the database adds to a row: where it goes, whose it is, or which risk it already is.

    The code of a row that is to be made is that of a risk which was taken back, and opens again.
    """

    department: Department | None = None
    owner: User | None = None
    code: str = ""


@dataclass(frozen=True)
class Known:
    """The risk that a row already is; `register` is empty for the one that is imported into."""

    code: str
    register: str = ""
    is_undone: bool = False

    @property
    def outcome(self) -> str:
        return "ignored" if self.register else "same"

    @property
    def sentence(self) -> Sentence:
        if self.register:
            return say(_ELSEWHERE, register=self.register, code=self.code)
        return say(_("Already there as %(code)s."), code=self.code)


@dataclass(frozen=True)
class Preview:
    """The plan of a file with the database's word on each row; `settled` is keyed by row number.

    `file` is None where the bytes are no table at all; `mapping` is what was answered so far.
    """

    plan: ImportPlan
    places: Places
    grid: Grid
    settled: Mapping[int, Settled]
    mapping: RegisterMapping
    file: TableFile | None = None
    words: Words = USUAL

    @property
    def counts(self) -> dict[str, int]:
        """Rows per outcome, every outcome named."""
        counted = Counter(row.outcome for row in self.plan.rows)
        return {outcome: counted[outcome] for outcome in OUTCOMES}

    def level_at(self, pair: Pair | None) -> str | None:
        """The word of a level, None where it is not rated."""
        return LEVEL_WORDS[self.grid.levels[pair]] if pair else None

    def as_json(self) -> dict[str, Any]:
        """Level, probability and impact of a row are of its first pair; a second is in its message."""
        return self.plan.as_json(lambda row: self.level_at(row.inherent))


def preview_file(
    data: bytes,
    filename: str,
    mapping: object,
    *,
    register_code: str,
    by: User | None,
    new: dict[str, Any] | None = None,
) -> Preview:
    """Read the file by the mapping; raises MappingError for a mapping that cannot be used."""
    parsed = parse_mapping(mapping)
    default = parsed.defaults.get("department") or ""
    places = replace(places_for(register_code, by=by, new=new), default=default)
    _check_source(parsed)
    _check_department(parsed, places)
    words = own_words()
    file, plan = read_plan(data, filename, parsed, words)
    known = _known_risks(plan, places)
    settled: dict[int, Settled] = {}
    rows = tuple(_settle(row, places, known, settled) for row in plan.rows)
    return Preview(replace(plan, rows=rows), places, grid_in_force(), settled, parsed, file, words)


def read_plan(
    data: bytes, filename: str, mapping: RegisterMapping, words: Words = USUAL
) -> tuple[TableFile | None, ImportPlan]:
    """The sheets as far as they can be read, and the plan; a refusal stands in the plan."""
    file = None
    try:
        file = read_tables(data, filename, judge_header)
        return file, plan_table(file, filename, mapping, words)
    except FileRefusedError as refusal:
        return file, ImportPlan(filename, refused=refusal.sentence)


def _check_source(mapping: RegisterMapping) -> None:
    """The default source is one of ours; the category is checked with the mapping itself."""
    source = mapping.defaults.get("source")
    if source is None:
        return
    known = list(RiskSource.objects.filter(is_active=True).values_list("code", flat=True))
    if source not in known:
        raise _not_one_of("defaults.source", known)


def _check_department(mapping: RegisterMapping, places: Places) -> None:
    """The default department is one of ours that is active, by its code or name."""
    name = mapping.defaults.get("department")
    if name and not places.knows(name):
        codes = dict.fromkeys(department.code for department in places.known.values())
        raise _not_one_of("defaults.department", codes)


def _not_one_of(key: str, known: Iterable[str]) -> MappingError:
    text = _("The key %(key)s in the mapping is one of: %(known)s.")
    return MappingError(say(text, key=key, known=", ".join(known)))


def _known_risks(plan: ImportPlan, places: Places) -> dict[int, Known]:
    """Number of the row -> the risk of the register, or of another one, that it already is."""
    rows = [row for row in plan.rows if row.fingerprint]
    imported = _imported([row.fingerprint for row in rows], places.register)
    named = _named([row.file_number for row in rows], places)
    found: dict[int, Known] = {}
    opened: set[str] = set()
    for row in rows:
        there = imported.get(row.fingerprint) or named.get(
            (number_of(row.file_number), value_key(row.title))
        )
        if there is None:
            continue
        found[row.row] = replace(there, is_undone=there.is_undone and there.code not in opened)
        if there.is_undone and row.outcome == "create":
            opened.add(there.code)
    return found


def _imported(fingerprints: list[str], register: Register | None) -> dict[str, Known]:
    """What an earlier import made here, by its fingerprint; of several the one that counts."""
    if register is None:
        return {}
    origins = RiskOrigin.objects.filter(
        kind=OriginKind.IMPORT, ref_id__in=fingerprints, risk__register=register
    ).order_by("-risk__is_undone", "pk")
    facts = origins.values_list("ref_id", "risk__code", "risk__is_undone")
    return {ref: Known(code, is_undone=is_undone) for ref, code, is_undone in facts}


def _named(codes: list[str], places: Places) -> dict[tuple[int | None, str], Known]:
    """By number and name in one of its languages: the file is an export of ours.

    Of other registers only what the importer sees, and nothing that was taken back.
    """
    wanted = {number for code in codes if (number := number_of(code))}
    if not wanted:
        return {}
    scope = risk_scope(places.by) if places.by else Q()
    # An empty scope is everything: joined to another condition by OR it would vanish.
    own = Q(register=places.register)
    risks = Risk.objects.filter(scope and (scope | own), number__in=wanted)
    facts = risks.filter(own | Q(is_undone=False)).values_list(
        "number", "code", "is_undone", "register__code", "title", "title_alt"
    )
    return {
        (number, value_key(name)): Known(
            code, "" if where == places.register_code else where, is_undone=is_undone
        )
        for number, code, is_undone, where, *names in facts
        for name in names
        if name
    }


def _settle(
    row: ImportedRow, places: Places, known: dict[int, Known], settled: dict[int, Settled]
) -> ImportedRow:
    if row.outcome not in {"create", "error"}:
        return row
    there = known.get(row.row)
    if there and not there.is_undone:
        settled[row.row] = Settled(code=there.code)
        return replace(row, outcome=there.outcome, messages=(there.sentence,))
    if row.outcome == "error":
        return row
    again = [say(_AGAIN, code=there.code)] if there else []
    department, about_department = places.find(row.department)
    owner, about_owner = places.find_owner(row.owner_text, department or places.department)
    said = (*again, *row.messages, *_said(about_department, about_owner))
    if department is None:
        return replace(row, outcome="error", messages=said)
    settled[row.row] = Settled(department, owner, there.code if there else "")
    return replace(row, messages=said)


def _said(*sentences: Sentence | None) -> list[Sentence]:
    return [sentence for sentence in sentences if sentence]
