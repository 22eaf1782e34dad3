"""The form and the tables of one editor page: opened, shown again, or sent."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, cast

from django.http import QueryDict

from assessments.forms.plan_rows import (
    ActionFormSet,
    ActionRows,
    ResourceFormSet,
    ResourceRows,
)
from assessments.forms.plans import PlanForm
from assessments.forms.rows import WrongCell, reshaped, sent_rows
from assessments.models import ResponsePlan
from assessments.plans.content import PlanContent
from assessments.plans.merge import merge
from assessments.plans.names import Names
from assessments.plans.options import Offered
from assessments.plans.words import LABELS, spell, table_words
from assessments.schemes.scales import Scales
from riskhub.web.conflicts import Conflict, Difference

TABLES = {
    "action": ("actions", ("key", "title", "owner", "due_on", "control", "every_days")),
    "resource": ("resources", ("key", "kind", "what", "amount", "unit")),
}
"""By the prefix of its fields: the part of the content that a table holds, and its columns."""
_ACTIONS = cast("type[ActionRows]", ActionFormSet)
_RESOURCES = cast("type[ResourceRows]", ResourceFormSet)


class PlanEditor:
    """`data` as sent, or None to begin with `content`; quiet: shown again without judging it."""

    def __init__(  # each argument is one fact of the page
        self,
        data: QueryDict | None,
        *,
        scales: Scales,
        offered: Offered,
        content: PlanContent | None = None,
        row_version: int | None = None,
        is_quiet: bool = False,
    ) -> None:
        self._same = partial(
            type(self), scales=scales, offered=offered, content=content,
            row_version=row_version,
        )  # fmt: skip
        self.form = PlanForm(
            data, scales=scales, offered=offered, is_quiet=is_quiet,
            initial=_fields(content, row_version),
        )  # fmt: skip
        self.rows = _ACTIONS(
            data, prefix="action", initial=_rows(content, "actions"),
            form_kwargs={
                "people": offered.people, "controls": offered.controls, "is_quiet": is_quiet,
            },
        )  # fmt: skip
        self.resources = _RESOURCES(
            data, prefix="resource", initial=_rows(content, "resources"),
            form_kwargs={"is_quiet": is_quiet},
        )  # fmt: skip

    def over(self, data: QueryDict) -> "PlanEditor":
        """The same page with other data."""
        return self._same(data)

    def is_valid(self) -> bool:
        """All are looked at, so that everything wrong is said at once."""
        return all([self.form.is_valid(), self.rows.is_valid(), self.resources.is_valid()])

    @property
    def wrong(self) -> list[WrongCell]:
        """What the summary says about the tables."""
        return [*self.rows.wrong, *self.resources.wrong]

    @property
    def faults(self) -> dict[str, str]:
        """Of rows that were begun and are not right."""
        return self.rows.faults | self.resources.faults

    @property
    def content(self) -> PlanContent:
        """What is right so far; of a valid editor, everything."""
        self.form.is_right()
        return self.form.content(self.rows.planned, self.resources.planned)


def reshaped_plan(data: QueryDict) -> QueryDict:
    """The same with one row more or less in one of its tables."""
    return reshaped(data, {prefix: columns for prefix, (_part, columns) in TABLES.items()})


def conflict_of(editor: PlanEditor, stored: ResponsePlan) -> tuple[PlanEditor, Conflict]:
    """The editor over what is stored now: what was not touched is taken over, the rest stays typed."""
    now, typed = _content_of(stored), editor.content
    merged = merge(_opened(editor), typed, now)
    data = editor.form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    fields = _fields(merged.content, stored.row_version)
    for name in ("row_version", *_names(merged.taken)):
        value = fields[name]
        if isinstance(value, tuple):
            data.setlist(name, [str(one) for one in value])
        else:
            data[name] = "" if value is None else str(value)
    data["opened"] = now.canonical()
    for prefix, (part, columns) in TABLES.items():
        rows = _rows(merged.content, part)
        for number, row in enumerate([*rows, dict.fromkeys(columns, "")]):
            for name in columns:
                data[f"{prefix}-{number}-{name}"] = "" if row[name] is None else str(row[name])
        data[f"{prefix}-TOTAL_FORMS"] = str(len(rows) + 1)
    again = editor.over(data)
    names = Names.of([now, typed])
    differences, taken = (
        [_difference(key, now, typed, names) for key in LABELS if key in keys]
        for keys in (merged.contested, merged.taken)
    )
    return again, Conflict(again.form, differences, taken)


def as_second_text(editor: PlanEditor, stored: ResponsePlan, *, opened: PlanContent) -> PlanEditor:
    """What was typed for a plan of its own, as if it had been typed over the one that there is.

    `opened` is what the page of a new plan begins with. A row that both hold is one row.
    """
    data, now = editor.form.data.copy(), _content_of(stored)  # type: ignore[attr-defined]  # a QueryDict
    data["opened"] = opened.canonical()
    for prefix, (part, columns) in TABLES.items():
        known = {_cells(row, columns): row["key"] for row in _rows(now, part)}
        for number in range(sent_rows(data, prefix)):
            typed = {name: data.get(f"{prefix}-{number}-{name}", "") for name in columns}
            if key := known.pop(_cells(typed, columns), None):
                data[f"{prefix}-{number}-key"] = key
    return editor.over(data)


def _cells(row: Mapping[str, Any], columns: Iterable[str]) -> tuple[str, ...]:
    """What a row says, as it is typed."""
    return tuple(
        "" if row[name] is None else str(row[name]).strip() for name in columns if name != "key"
    )


def _opened(editor: PlanEditor) -> PlanContent | None:
    """What the page opened with; None where it does not say so in a way that can be read."""
    try:
        return PlanContent.parse(str(editor.form.data.get("opened", "")))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _names(keys: Iterable[str]) -> list[str]:
    """The fields of the form in which these parts of the content are typed."""
    scores = ["target_probability", "target_impact"]
    tables = {part for part, _columns in TABLES.values()}
    return [
        name for key in keys if key not in tables for name in (scores if key == "target" else [key])
    ]


def _difference(key: str, now: PlanContent, typed: PlanContent, names: Names) -> Difference:
    label = str(LABELS[key])
    if key in ("actions", "resources"):
        anchor = {"actions": "id_action-0-title", "resources": "id_resource-0-what"}[key]
        return Difference(
            label, table_words(now, key, names), table_words(typed, key, names), anchor
        )
    anchors = {"target": "id_target_probability", "strategy": "id_strategy_0"}
    stored, sent = (spell(content, key, names) for content in (now, typed))
    return Difference(label, stored, sent, anchors.get(key, f"id_{key}"))


def _content_of(plan: ResponsePlan) -> PlanContent:
    return PlanContent.parse(plan.head.content) if plan.head else PlanContent("")


def _fields(content: PlanContent | None, row_version: int | None) -> dict[str, Any]:
    if content is None:
        return {"row_version": row_version}
    probability, impact = content.target or (None, None)
    return vars(content) | {
        "target_probability": probability,
        "target_impact": impact,
        "row_version": row_version,
        "opened": content.canonical() if row_version else "",
    }


def _rows(content: PlanContent | None, part: str) -> list[dict[str, Any]]:
    return [vars(row) for row in getattr(content, part)] if content else []
