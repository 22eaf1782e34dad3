"""Two people change one wording of a plan at the same time: three texts, field by field. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from assessments.plans.content import PlanContent, PlannedAction, PlannedResource

TABLES = ("actions", "resources")
Row = TypeVar("Row", PlannedAction, PlannedResource)


@dataclass(frozen=True)
class Merged:
    """`taken` came from what is stored; of what is `contested` the content keeps what was typed."""

    content: PlanContent
    taken: tuple[str, ...]
    contested: tuple[str, ...]


def merge(opened: PlanContent | None, typed: PlanContent, stored: PlanContent) -> Merged:
    """`opened` None: nobody knows what was touched, so every difference is contested."""
    content, taken, contested = typed, [], []
    for name in (one.name for one in fields(PlanContent) if one.name not in TABLES):
        mine, theirs = getattr(typed, name), getattr(stored, name)
        if mine == theirs:
            continue
        if opened and mine == getattr(opened, name):
            content = replace(content, **{name: theirs})
            taken.append(name)
        elif opened is None or theirs != getattr(opened, name):
            contested.append(name)
    for name in TABLES:
        was = getattr(opened, name) if opened else None
        rows, is_contested = _merge_rows(was, getattr(typed, name), getattr(stored, name))
        if rows != getattr(typed, name):
            part: dict[str, Any] = {name: rows}
            content = replace(content, **part)
            taken.append(name)
        contested += [name] if is_contested else []
    return Merged(content, tuple(taken), tuple(contested))


def _merge_rows(
    opened: Sequence[Row] | None, typed: Sequence[Row], stored: Sequence[Row]
) -> tuple[tuple[Row, ...], bool]:
    """Row by row in the typed order; what the other added comes last, what they removed goes."""
    if opened is None:
        return tuple(typed), typed != stored
    was, theirs = ({one.key: one for one in rows} for rows in (opened, stored))
    mine = {one.key for one in typed}
    rows: list[Row] = []
    is_contested = False
    for one in typed:
        before, now = was.get(one.key), theirs.get(one.key)
        if before == one:
            rows += [now] if now else []
            continue
        rows.append(one)
        is_contested |= before is not None and now not in (before, one)
    for key, now in theirs.items():
        if key in mine:
            continue
        if key in was:
            is_contested |= now != was[key]
        else:
            rows.append(now)
    return tuple(rows), is_contested
