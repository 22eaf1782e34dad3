"""A second person confirms what was judged, or sends it back; the risk shows what is confirmed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.aims import aims_of
from assessments.choices import AssessmentState, Method, ReassessmentReason
from assessments.matrix import Grid
from assessments.models import Assessment, MatrixScheme
from assessments.permissions import can_reject_assessment, confirming_as, may_confirm
from assessments.review_dates import review_due_on
from assessments.schemes.in_force import Appetite, appetite_of, grid_in_force
from assessments.schemes.readings import readings_of
from assessments.services.assessment_notices import tell_assessors
from assessments.services.reassessment_causes import QUICK_FOR
from assessments.services.reassessments import (
    Cause,
    finish_reassessments,
    open_reassessments,
)
from assessments.services.schemes.readings import ask_to_confirm_levels
from registers.choices import Level
from registers.models import Risk
from registers.services.standing import Cell, Standing, set_standings
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move_all
from riskhub.company.preferences import company_zone
from riskhub.entry.texts import prose


class CannotConfirm(Exception):  # noqa: N818 - reads as what it says
    """The assessor themselves, or somebody without the right."""


@dataclass(frozen=True)
class Outcome:
    """What became of many: those that were done, and the others each with the reason in a sentence."""

    done: list[Assessment]
    refused: list[tuple[Assessment, str]]


def confirm_assessment(assessment: Assessment, *, by: User) -> Assessment:
    """By another person than the assessor; the former confirmed one is superseded."""
    with acting(by, "assessment.confirmed"):
        (stored,) = _lock([assessment])
        _require_waiting(stored, AssessmentState.CONFIRMED)
        if objection := confirming_objection(by, stored):
            raise CannotConfirm(objection)
        confirm_all([stored], by=by, rights=_rights(by, [stored]))
        return _up_to_date(assessment, stored)


def confirm_assessments(assessments: Sequence[Assessment], *, by: User) -> Outcome:
    """Many in one transaction and a fixed number of queries; who may not confirm one is told why."""
    with acting(by, "assessment.confirmed"):
        outcome = Outcome([], [])
        for stored in _lock(assessments):
            if objection := _late(stored) or confirming_objection(by, stored):
                outcome.refused.append((stored, objection))
            else:
                outcome.done.append(stored)
        confirm_all(outcome.done, by=by, rights=_rights(by, outcome.done))
        return outcome


def reject_assessment(assessment: Assessment, *, by: User, reason: str) -> Assessment:
    """Send it back; the assessor may take back their own."""
    with acting(by, "assessment.rejected", reason):
        (stored,) = _lock([assessment])
        _require_waiting(stored, AssessmentState.REJECTED)
        if objection := rejecting_objection(by, stored):
            raise CannotConfirm(objection)
        _reject_all([stored], by, reason)
        return _up_to_date(assessment, stored)


def reject_assessments(assessments: Sequence[Assessment], *, by: User, reason: str) -> Outcome:
    """Many, with one reason for all of them."""
    with acting(by, "assessment.rejected", reason):
        outcome = Outcome([], [])
        for stored in _lock(assessments):
            if objection := _late(stored) or rejecting_objection(by, stored):
                outcome.refused.append((stored, objection))
            else:
                outcome.done.append(stored)
        _reject_all(outcome.done, by, reason)
        return outcome


def withdraw_waiting(risks: Collection[Risk], *, by: User, reason: str) -> list[Assessment]:
    """What waits of risks that are taken back waits no longer; nobody needs to hear of it."""
    with acting(by, "assessment.withdrawn", reason):
        rows = Assessment.objects.select_for_update().filter(risk__in=risks)
        waiting = list(rows.waiting().order_by("pk"))
        move_all(waiting, AssessmentState.REJECTED, rejected_reason=reason)
        return waiting


def confirming_objection(user: User, assessment: Assessment) -> str:
    """Why this user may not confirm it, in a sentence; empty when they may."""
    if assessment.assessor_id == user.pk:
        return _("You made this assessment. Another person confirms it.")
    if not may_confirm(user, assessment.risk.owner_department_id):
        return _("You may not confirm assessments of this department.")
    if confirming_as(user, assessment) is None:
        return _("You stand in for whoever made this assessment. Another person confirms it.")
    return ""


def rejecting_objection(user: User, assessment: Assessment) -> str:
    if can_reject_assessment(user, assessment):
        return ""
    return _("You may not send back assessments of this department.")


def confirm_all(
    assessments: Sequence[Assessment],
    *,
    by: User | None,
    rights: Mapping[int, int] | None = None,
) -> None:
    """Those of one transaction whose right to be confirmed has been asked, with their `risk` loaded.

    `rights`: {assessment: in whose name}, where it is not in one's own.
    """
    if not assessments:
        return
    with acting(by, "assessment.confirmed"):
        keys = [assessment.risk_id for assessment in assessments]
        former = list(Assessment.objects.filter(risk__in=keys).confirmed())
        move_all(former, AssessmentState.SUPERSEDED)
        for absent, theirs in _by_right(assessments, rights or {}).items():
            move_all(
                theirs, AssessmentState.CONFIRMED, confirmed_by=by, confirmed_for_id=absent,
                confirmed_at=timezone.now(),
            )  # fmt: skip
        grid = grid_in_force()
        appetite, aims = appetite_of(grid.scheme), aims_of(assessments, grid)
        set_standings(
            {a.risk_id: _standing(a, grid, appetite, aims.get(a.risk_id)) for a in assessments},
            by=by,
        )
        finish_reassessments(assessments, by=by)
        _ask_for_full(assessments, by)
        _ask_where_read_otherwise(assessments, grid, appetite, by)


def _ask_for_full(assessments: Sequence[Assessment], by: User | None) -> None:
    """A quick assessment that says High or above: the full one follows within 14 days."""
    quick = [a for a in assessments if a.method == Method.QUALITATIVE]
    high = [a for a in quick if (a.residual_level or 0) >= Level.HIGH]
    if high:
        due_on = timezone.localdate(timezone=company_zone()) + QUICK_FOR
        reason = ReassessmentReason.QUICK
        causes = [Cause(a.risk_id, reason, due_on, f"assessment:{a.pk}") for a in high]
        open_reassessments(causes, by=by)


def _ask_where_read_otherwise(
    assessments: Sequence[Assessment], grid: Grid, appetite: Appetite, by: User | None
) -> None:
    """Judged before the matrix in force came: a level that moved is asked about as when it came."""
    moved = {
        one.risk_id: reading["residual"].level
        for one in assessments
        if "residual" in (reading := readings_of(one, grid))
    }
    if moved:
        scheme = MatrixScheme.objects.get(pk=grid.scheme)
        ask_to_confirm_levels(scheme, moved, appetite.own_approval_days, by=by)


def _rights(by: User, assessments: Sequence[Assessment]) -> dict[int, int]:
    """Where somebody confirms in the name of another: of whom."""
    found = {one.pk: confirming_as(by, one) for one in assessments}
    return {key: right for key, right in found.items() if right is not None and right != by.pk}


def _by_right(
    assessments: Sequence[Assessment], rights: Mapping[int, int]
) -> dict[int | None, list[Assessment]]:
    groups: dict[int | None, list[Assessment]] = {}
    for one in assessments:
        groups.setdefault(rights.get(one.pk), []).append(one)
    return groups


def _standing(assessment: Assessment, grid: Grid, appetite: Appetite, aim: Cell | None) -> Standing:
    """What the risk shows of this assessment: its scores, with the levels of the matrix in force."""
    inherent, residual = (
        grid.maybe_cell(
            getattr(assessment, f"{kind}_probability"), getattr(assessment, f"{kind}_impact")
        )
        for kind in ("inherent", "residual")
    )
    assert inherent and residual  # noqa: S101, PT018 - the database holds it: rated unless draft
    return Standing(
        scheme=grid.scheme,
        inherent=(*inherent.pair, inherent.level),
        residual=(*residual.pair, residual.level),
        target=aim,
        assessed_on=assessment.assessed_on,
        next_review_on=review_due_on(assessment, residual.level, appetite),
    )


def _lock(assessments: Sequence[Assessment]) -> list[Assessment]:
    """The stored rows in the order of their keys, their risks locked first: everybody's order."""
    keys = [assessment.pk for assessment in assessments]
    ids = {assessment.risk_id for assessment in assessments}
    risks = {
        risk.pk: risk for risk in Risk.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    rows = list(
        Assessment.objects.select_for_update(of=("self",))
        .select_related("assessor", "confirmed_by", "confirmed_for")
        .filter(pk__in=keys)
        .order_by("pk")
    )
    for row in rows:
        row.risk = risks[row.risk_id]
    return rows


def _require_waiting(assessment: Assessment, to: str) -> None:
    if assessment.state != AssessmentState.SUBMITTED:
        raise WrongState(assessment, to)


def _late(assessment: Assessment) -> str:
    if assessment.state == AssessmentState.SUBMITTED:
        return ""
    return _("Somebody has decided on it already.")


def _reject_all(assessments: Sequence[Assessment], by: User, reason: str) -> None:
    if not prose(reason):
        raise ValidationError({"reason": _("Say what is missing.")})
    move_all(assessments, AssessmentState.REJECTED, rejected_reason=prose(reason))
    tell_assessors(assessments, by=by, reason=prose(reason))


def _up_to_date(assessment: Assessment, stored: Assessment) -> Assessment:
    for field in stored._meta.concrete_fields:
        setattr(assessment, field.attname, getattr(stored, field.attname))
    return assessment
