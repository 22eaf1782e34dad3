"""The form and the table of one editor page: opened, shown again, or sent."""

from collections.abc import Iterable
from functools import partial
from typing import Any, cast

from django.db.models import QuerySet
from django.http import QueryDict

from assessments.forms.plans import MOST_ROWS, ActionFormSet, ActionRows, PlanForm
from assessments.models import ResponsePlan
from assessments.plan_content import PlanContent
from assessments.plan_merge import merge
from assessments.plan_words import LABELS, Owners, spell, spell_day
from assessments.scales import Scales
from riskhub.accounts.models import User
from riskhub.web.conflicts import Conflict, Difference

PREFIX = "action"
_TABLE = cast("type[ActionRows]", ActionFormSet)
_ROW = ("key", "title", "owner", "due_on")


class PlanEditor:
    """`data` as sent, or None to begin with `content`; quiet: shown again without judging it."""

    def __init__(  # each argument is one fact of the page
        self,
        data: QueryDict | None,
        *,
        scales: Scales,
        people: QuerySet[User],
        content: PlanContent | None = None,
        row_version: int | None = None,
        is_quiet: bool = False,
    ) -> None:
        self._same = partial(
            type(self), scales=scales, people=people, content=content, row_version=row_version
        )
        self.form = PlanForm(
            data, scales=scales, is_quiet=is_quiet, initial=_fields(content, row_version)
        )
        self.rows = _TABLE(
            data,
            prefix=PREFIX,
            initial=_rows(content),
            form_kwargs={"people": people, "is_quiet": is_quiet},
        )

    def over(self, data: QueryDict) -> "PlanEditor":
        """The same page with other data."""
        return self._same(data)

    def is_valid(self) -> bool:
        """Both are looked at, so that everything wrong is said at once."""
        return all([self.form.is_valid(), self.rows.is_valid()])

    @property
    def content(self) -> PlanContent:
        """What is right so far; of a valid editor, everything."""
        self.form.is_right()
        return self.form.content(self.rows.planned)


def reshaped(data: QueryDict) -> QueryDict:
    """The same with one row more (`add_row`) or without the row that `drop_row` names."""
    changed = data.copy()
    text = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    total = min(int(text), MOST_ROWS) if text.isascii() and text.isdecimal() else 0
    gone = data.get("drop_row", "")
    kept = [n for n in range(total) if str(n) != gone]
    for place, number in enumerate(kept):
        for name in _ROW:
            changed[f"{PREFIX}-{place}-{name}"] = data.get(f"{PREFIX}-{number}-{name}", "")
    changed[f"{PREFIX}-TOTAL_FORMS"] = str(len(kept) + ("add_row" in data))
    return changed


def conflict_of(editor: PlanEditor, stored: ResponsePlan) -> tuple[PlanEditor, Conflict]:
    """The editor over what is stored now: what was not touched is taken over, the rest stays typed."""
    now, typed = _content_of(stored), editor.content
    merged = merge(_opened(editor), typed, now)
    data = editor.form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    fields, rows = _fields(merged.content, stored.row_version), _rows(merged.content)
    for name in ("row_version", *_names(merged.taken)):
        data[name] = "" if fields[name] is None else str(fields[name])
    data["opened"] = now.canonical()
    for number, row in enumerate([*rows, dict.fromkeys(_ROW, "")]):
        for name in _ROW:
            data[f"{PREFIX}-{number}-{name}"] = str(row[name])
    data[f"{PREFIX}-TOTAL_FORMS"] = str(len(rows) + 1)
    again = editor.over(data)
    owners = Owners.of([now, typed])
    differences, taken = (
        [_difference(key, now, typed, owners) for key in LABELS if key in keys]
        for keys in (merged.contested, merged.taken)
    )
    return again, Conflict(again.form, differences, taken)


def _opened(editor: PlanEditor) -> PlanContent | None:
    """What the page opened with; None where it does not say so in a way that can be read."""
    try:
        return PlanContent.parse(str(editor.form.data.get("opened", "")))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _names(keys: Iterable[str]) -> list[str]:
    """The fields of the form in which these parts of the content are typed."""
    scores = ["target_probability", "target_impact"]
    return [
        name for key in keys if key != "actions" for name in (scores if key == "target" else [key])
    ]


def _difference(key: str, now: PlanContent, typed: PlanContent, owners: Owners) -> Difference:
    label = str(LABELS[key])
    if key == "actions":
        anchor = f"id_{PREFIX}-0-title"
        return Difference(label, _table(now, owners), _table(typed, owners), anchor)
    anchors = {"target": "id_target_probability", "strategy": "id_strategy_0"}
    return Difference(label, spell(now, key), spell(typed, key), anchors.get(key, f"id_{key}"))


def _content_of(plan: ResponsePlan) -> PlanContent:
    return PlanContent.parse(plan.head.content) if plan.head else PlanContent("")


def _table(content: PlanContent, owners: Owners) -> str:
    return "\n".join(
        f"{action.title} ({owners.name(action.owner)}, {spell_day(action.due_on)})"
        for action in content.actions
    )


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


def _rows(content: PlanContent | None) -> list[dict[str, Any]]:
    return [vars(action) for action in content.actions] if content else []
