"""Two people change one wording of a plan at the same time: three texts, field by field. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from assessments.plan_content import PlanContent, PlannedAction


@dataclass(frozen=True)
class Merged:
    """`taken` came from what is stored; of what is `contested` the content keeps what was typed."""

    content: PlanContent
    taken: tuple[str, ...]
    contested: tuple[str, ...]


def merge(opened: PlanContent | None, typed: PlanContent, stored: PlanContent) -> Merged:
    """`opened` None: nobody knows what was touched, so every difference is contested."""
    content, taken, contested = typed, [], []
    for name in (one.name for one in fields(PlanContent) if one.name != "actions"):
        mine, theirs = getattr(typed, name), getattr(stored, name)
        if mine == theirs:
            continue
        if opened and mine == getattr(opened, name):
            content = replace(content, **{name: theirs})
            taken.append(name)
        elif opened is None or theirs != getattr(opened, name):
            contested.append(name)
    if opened is None:
        actions, is_contested = typed.actions, typed.actions != stored.actions
    else:
        actions, is_contested = _merge_actions(opened.actions, typed.actions, stored.actions)
    if actions != typed.actions:
        taken.append("actions")
    if is_contested:
        contested.append("actions")
    return Merged(replace(content, actions=actions), tuple(taken), tuple(contested))


def _merge_actions(
    opened: Sequence[PlannedAction], typed: Sequence[PlannedAction], stored: Sequence[PlannedAction]
) -> tuple[tuple[PlannedAction, ...], bool]:
    """Row by row in the typed order; what the other added comes last, what they removed goes."""
    was, theirs = ({one.key: one for one in rows} for rows in (opened, stored))
    mine = {one.key for one in typed}
    rows, is_contested = [], False
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
