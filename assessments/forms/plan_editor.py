"""The form and the table of one editor page: opened, shown again, or sent."""

from collections.abc import Mapping
from typing import Any, cast

from django.db.models import QuerySet
from django.http import QueryDict

from assessments.forms.plans import MOST_ROWS, ActionFormSet, ActionRows, PlanForm
from assessments.models import ResponsePlan
from assessments.plan_content import PlanContent
from assessments.plan_words import LABELS, Owners, spell, spell_day
from assessments.scales import Scales
from riskhub.accounts.models import User
from riskhub.web.conflicts import Difference

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
        self.form = PlanForm(
            data, scales=scales, is_quiet=is_quiet, initial=_fields(content, row_version)
        )
        self.rows = _TABLE(
            data,
            prefix=PREFIX,
            initial=_rows(content),
            form_kwargs={"people": people, "is_quiet": is_quiet},
        )

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


def differences_of(editor: PlanEditor, stored: ResponsePlan) -> list[Difference]:
    """What is stored now and what was typed, where they differ; the form takes the stored version."""
    typed, now = editor.content, _content_of(stored)
    data = editor.form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    data["row_version"] = str(stored.row_version)
    editor.form.data = data
    anchors: Mapping[str, str] = {"target": "id_target_probability", "strategy": "id_strategy_0"}
    found = [
        Difference(
            str(LABELS[key]), spell(now, key), spell(typed, key), anchors.get(key, f"id_{key}")
        )
        for key in LABELS
        if key != "actions" and spell(now, key) != spell(typed, key)
    ]
    owners = Owners.of([now, typed])
    tables = [_table(content, owners) for content in (now, typed)]
    if tables[0] != tables[1]:
        label, anchor = str(LABELS["actions"]), f"id_{PREFIX}-0-title"
        found.append(Difference(label, tables[0], tables[1], anchor))
    return found


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
    }


def _rows(content: PlanContent | None) -> list[dict[str, Any]]:
    return [vars(action) for action in content.actions] if content else []
