"""The frozen content of one quarterly report: everything the pages print, and nothing else.

The content builder returns a `Snapshot` of plain JSON values. The engine turns it into canonical
JSON, hashes it and stores it; both languages are rendered from it and from nothing else, so:

- text with names in both languages is `Words`; where one language is missing, both are the same;
- text that a person typed (reasons, comments, causes) is a `str` in whatever language it was typed;
- people are roles (`Words`), never names; customers do not appear;
- a moment is ISO 8601 with the company's offset and whole seconds, a day is `YYYY-MM-DD`;
- a level is its word (`low` ... `critical`) or None for "not rated"; a cell is [probability, impact];
- lists are complete and in the order in which they are printed, so that equal data give equal bytes;
- codes refer to `names`, which holds an entry for every code used;
- sections 8 to 14 (incidents to learning) have no data yet; with their keys `SCHEMA` rises.
"""

from typing import NotRequired, TypedDict

from assessments.quarterly.controls_schema import ControlsPart

SCHEMA = 3  # 1 lacks `last_as_of`, 1 and 2 `controls`

Cell = list[int]  # [probability, impact], each 1..5
LevelCounts = dict[str, int]  # level word -> how many; `unrated`: no confirmed assessment


class Words(TypedDict):
    zh: str
    en: str


class Meta(TypedDict):
    """`zone` is the IANA name. `is_draft`: the quarter was not over at `as_of`."""

    company: Words
    year: int
    quarter: int
    period_start: str
    period_end: str
    as_of: str
    zone: str
    is_draft: bool
    is_sample: bool
    revision: int
    revision_reason: str
    scheme: int
    distribution: list[Words]


class Names(TypedDict):
    """Code -> name, in the order in which lists and tables show them."""

    categories: dict[str, Words]
    areas: dict[str, Words]
    sources: dict[str, Words]
    departments: dict[str, Words]
    registers: dict[str, Words]


class LevelPart(TypedDict):
    """One level, from rank 0. Colours as #RRGGBB; `demands` says what the level asks for."""

    rank: int
    word: str
    name: Words
    fill: str
    ink: str
    glyph: str
    demands: Words


class BandPart(TypedDict):
    """One score of an axis: events a year, or CNY per event, from `lower` to below `upper`.

    `anchors` is empty for probability but for `text`; for impact it holds the dimensions.
    """

    score: int
    name: Words
    lower: float | None
    upper: float | None
    anchors: dict[str, Words]


class FloorPart(TypedDict):
    cell: Cell
    level: str
    reason: Words


class MatrixPart(TypedDict):
    """The scheme in force. `cells[impact - 1][probability - 1]` is the level's word.

    `line_after` is the highest level below the appetite line; `area_lines` the stricter ones.
    """

    number: int
    name: Words
    in_force_from: str | None
    levels: list[LevelPart]
    probability: list[BandPart]
    impact: list[BandPart]
    cells: list[list[str]]
    line_after: str
    area_lines: dict[str, str]
    floors: list[FloorPart]


class PlanBrief(TypedDict):
    """The live plan of a risk; `approved_version` is None while no version was approved.

    `due_on`: the last day to come, else the last; `next_step`: the first open action.
    """

    code: str
    version: int
    approved_version: int | None
    hash: str
    state: str
    strategy: str
    actions: int
    actions_done: int
    due_on: str | None
    next_step: str


class RiskPart(TypedDict):
    """One open risk. The list is in the stored order of rank; `rank` counts from 1.

    `level` is the residual level. `last` is the residual cell of the last quarter's report, None for
    a risk that was not in it or was not rated; `moved_reason` says why the cell is another one now.
    `is_above` is above the company's line, `is_above_area` above the (stricter) line of its area.
    `imported_note`: residual below inherent came from a file, no controls are linked.
    """

    rank: int
    code: str
    register: str
    name: Words
    cause: str
    event: str
    consequence: str
    category: str
    area: str | None
    source: str
    department: str
    owner: Words | None
    state: str
    importance: int
    priority: float | None
    inherent: Cell | None
    residual: Cell | None
    target: Cell | None
    last: Cell | None
    level: str | None
    level_inherent: str | None
    level_target: str | None
    level_last: str | None
    moved_reason: str
    is_new: bool
    is_above: bool
    is_above_area: bool
    imported_note: bool
    waits_for_confirmation: bool
    strategy: str | None
    plan: PlanBrief | None
    assessed_on: str | None
    next_review_on: str | None


class MovementPart(TypedDict):
    """How the register came from start to end of the quarter, whenever the data were frozen."""

    open_at_start: int
    open_at_end: int
    new: int
    closed: int
    merged: int
    reopened: int
    proposals: int
    proposals_accepted: int


class ClosedPart(TypedDict):
    code: str
    name: Words
    closed_on: str
    merged_into: str | None
    reason: str


class WaitingPart(TypedDict):
    """A submitted plan version that waits for approval."""

    plan: str
    version: int
    hash: str
    risk: str
    strategy: str
    ask: str
    residual: Cell | None
    target: Cell | None
    submitted_on: str
    waiting_days: int
    due_on: str | None


class ConfirmationPart(TypedDict):
    risk: str
    residual: Cell
    level: str
    submitted_on: str
    waiting_days: int


class AcceptancePart(TypedDict):
    """An approved acceptance that ends within 60 days of `as_of`, or has ended."""

    risk: str
    plan: str
    until: str
    reason: str


class OverduePart(TypedDict):
    plan: str
    risk: str
    action: str
    department: str
    due_on: str
    days: int


class DecisionPart(TypedDict):
    """One approval row of the quarter. `hash` is the whole content hash; `who` the role."""

    plan: str
    version: int
    hash: str
    risk: str
    who: Words
    decided_at: str
    decision: str
    comment: str
    days: int


class AnchorsPart(TypedDict):
    """The audit chain at the quarter's ends and at the freeze.

    `events` are those of the quarter up to `as_of`. `result` is `ok` or names the first broken row;
    `checked` is the number of rows recomputed for this report.
    """

    head_hash: str
    head_number: int
    start_hash: str
    start_number: int
    events: int
    checked: int
    seals: int
    verified_at: str
    result: str


class SourcePart(TypedDict):
    """Where data come from: files imported, entered by hand, library."""

    name: Words
    rows: int
    last_on: str | None
    gap: Words | None


class SignaturePart(TypedDict):
    """`step` is `prepared`, `reviewed` or `received`."""

    step: str
    role: Words
    signed_at: str | None


class Snapshot(TypedDict):
    schema: int
    meta: Meta
    names: Names
    matrix: MatrixPart
    risks: list[RiskPart]
    movement: MovementPart
    levels_last: LevelCounts | None
    last_as_of: str | None  # when that report was frozen, maybe after its quarter's end
    closed: list[ClosedPart]
    plans_waiting: list[WaitingPart]
    confirmations_waiting: list[ConfirmationPart]
    acceptances: list[AcceptancePart]
    actions_overdue: list[OverduePart]
    decisions: list[DecisionPart]
    controls: NotRequired[ControlsPart]
    anchors: AnchorsPart
    sources: list[SourcePart]
    signatures: list[SignaturePart]
