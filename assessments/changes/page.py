"""What the page of a process change shows: its risks, how far they are judged, and the next step."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.changes.affected import affected_by
from assessments.changes.history import history_of
from assessments.changes.permissions import (
    can_add_change_risk,
    can_cancel_change,
    can_edit_change,
    can_postpone_change,
    has_put_live,
    may_decide_change,
    may_review_change,
)
from assessments.choices import ChangeOrigin, ChangeState
from assessments.forms.changes import ChangeRiskForm
from assessments.models import ChangeRisk, ProcessChange, ReassessmentTask
from assessments.permissions import can_assess_risk, can_waive_reassessment
from assessments.services import PutItLive
from registers.models import Control, Risk
from riskhub.accounts.models import User


@dataclass(frozen=True)
class Line:
    """A risk of the change that the reader sees; `task` is None while it is a draft."""

    risk: Risk
    found_by: str
    task: ReassessmentTask | None
    waived_reason: str = ""
    """Why it need not be judged again for this change."""
    may_assess: bool = False
    may_waive: bool = False
    is_own: bool = False
    """It may not be waived by this reader, who asked for the change."""
    due_for: str = ""
    """The other change for whose sake it is due earlier than for this one."""
    waived_at: datetime | None = None

    @property
    def is_to_do(self) -> bool:
        return bool(self.task and self.task.is_open and not self.waived_reason)


@dataclass(frozen=True)
class Touched:
    """`hidden` risks belong to departments that the reader does not see."""

    lines: list[Line]
    removed: list[ChangeRisk]
    total: int
    to_do: int

    @property
    def hidden(self) -> int:
        return self.total - len(self.lines)

    @property
    def judged(self) -> int:
        return self.total - self.to_do


@dataclass(frozen=True)
class NextStep:
    """The one next step: `url` with a label, or in `why_not` whose turn it is and what is missing."""

    label: str = ""
    url: str = ""
    why_not: str = ""
    is_press: bool = False


@dataclass(frozen=True)
class _Way:
    to: str
    label: str
    url_name: str
    is_press: bool = field(default=False)


def _ways() -> dict[str, _Way]:
    return {
        ChangeState.SUBMITTED: _Way(
            ChangeState.ASSESSING, _("Take it on"), "change_take_on", is_press=True
        ),
        ChangeState.ASSESSING: _Way(
            ChangeState.READY, _("Call it ready"), "change_ready", is_press=True
        ),
        ChangeState.READY: _Way(
            ChangeState.IMPLEMENTED, _("Put it live"), "change_implement"
        ),
        ChangeState.IMPLEMENTED: _Way(
            ChangeState.REVIEWED, _("Review it"), "change_review"
        ),
    }  # fmt: skip


def page_of(change: ProcessChange, user: User) -> dict[str, Any]:
    """A fixed number of queries, however many risks there are."""
    touched = touched_by(change, user)
    controls = Control.objects.visible_to(user).filter(changes=change).order_by("number")
    may_add = can_add_change_risk(user, change)
    return {
        "change": change,
        "touched": touched,
        "nodes": change.nodes.in_order(),
        "controls": controls,
        "suppliers": change.suppliers.order_by("code"),
        "next": next_step(change, user, touched),
        "may_edit": can_edit_change(user, change),
        "may_cancel": can_cancel_change(user, change),
        "may_postpone": can_postpone_change(user, change),
        "risk_form": ChangeRiskForm(user=user) if may_add else None,
        "history": history_of(change),
        "today": timezone.localdate(),
    }


def touched_by(change: ProcessChange, user: User) -> Touched:
    found = affected_by(change)
    rows = {row.risk_id: row for row in change.risks.select_related("task", "risk").with_waiving()}
    risks = list(Risk.objects.visible_to(user).filter(pk__in=found).for_page().order_by("rank_key"))
    sooner = _due_for_others(change)
    removed = ChangeRisk.objects.filter(change=change).visible_to(user).exclude(removed_reason="")
    return Touched(
        [_line(user, change, risk, found[risk.pk], rows.get(risk.pk), sooner) for risk in risks],
        list(removed.select_related("risk").order_by("risk__number")),
        len(found),
        sum(row.is_to_do for row in rows.values()),
    )


def _due_for_others(change: ProcessChange) -> dict[int | None, str]:
    """{key of a task of this change: the change that is planned before it and shares the task}."""
    own = ChangeRisk.objects.filter(change=change).to_do().values("task")
    rows = ChangeRisk.objects.waiting().filter(
        task__in=own, change__planned_on__lt=change.planned_on
    )
    found = rows.order_by("-change__planned_on", "-change__number")
    return dict(found.values_list("task", "change__code"))


def next_step(change: ProcessChange, user: User, touched: Touched) -> NextStep | None:
    """None where nothing follows any more."""
    if change.is_draft:
        if not can_edit_change(user, change):
            return NextStep(why_not=_("It is a draft: whoever writes it submits it."))
        url = reverse("assessments:change_submit", args=[change.code])
        return NextStep(_("Submit the change"), url)
    way = _ways().get(change.state)
    if way is None:
        return None
    if why_not := _why_not(change, user, touched, way):
        return NextStep(why_not=why_not)
    url = reverse(f"assessments:{way.url_name}", args=[change.code])
    return NextStep(way.label, url, is_press=way.is_press)


def _why_not(change: ProcessChange, user: User, touched: Touched, way: _Way) -> str:
    """Whose turn it is, or what is missing; empty when this reader may take the step."""
    may = may_review_change if way.to == ChangeState.REVIEWED else may_decide_change
    if not may(user, change):
        return _("The next step, “%(step)s”, is the risk manager’s.") % {"step": way.label}
    if has_put_live(user, change):
        return str(PutItLive())
    if touched.to_do and way.to in (ChangeState.READY, ChangeState.IMPLEMENTED):
        words = ngettext(
            "%(count)d risk is still to be judged again.",
            "%(count)d risks are still to be judged again.",
            touched.to_do,
        )
        return words % {"count": touched.to_do}
    return ""


def _line(  # noqa: PLR0917 - what one row is made of
    user: User,
    change: ProcessChange,
    risk: Risk,
    origin: str,
    row: ChangeRisk | None,
    sooner: dict[int | None, str],
) -> Line:
    found_by = str(ChangeOrigin(origin).label)
    if row is None or row.task is None:
        return Line(risk, found_by, None)
    task = row.task
    task.risk = risk
    waived = row.waived_reason or task.waived_reason
    if not row.is_to_do:
        at = row.waived_at if row.waived_reason else task.closed_at  # type: ignore[attr-defined]  # see `with_waiving`
        return Line(risk, found_by, task, waived, waived_at=at)
    may_waive, is_own = can_waive_reassessment(user, task), change.requested_by_id == user.pk
    return Line(
        risk, found_by, task, waived, can_assess_risk(user, risk), may_waive and not is_own,
        may_waive and is_own, sooner.get(task.pk, ""),
    )  # fmt: skip
