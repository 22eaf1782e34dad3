"""Read the register into one snapshot. Called inside the transaction that freezes it."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.quarterly import activity, evidence
from assessments.quarterly.controls_part import controls_part
from assessments.quarterly.frame import Frame
from assessments.quarterly.matrix_part import matrix_part
from assessments.quarterly.movement import movement
from assessments.quarterly.risks_part import Last, open_risks, risk_parts
from assessments.quarterly.schema import SCHEMA, LevelCounts, Meta, Names, Snapshot
from assessments.quarterly.wording import moment, name_of, pair, words
from assessments.schemes.in_force import scheme_in_force
from registers.models import Register, RiskArea, RiskCategory, RiskSource
from riskhub.accounts.models import Department
from riskhub.company.calendar import Quarter
from riskhub.company.preferences import company_names, company_zone


def build_content(
    quarter: Quarter,
    *,
    as_of: datetime,
    revision: int = 1,
    revision_reason: str = "",
    last: dict[str, Any] | None = None,
) -> Snapshot:
    """`last` is the frozen content of the quarter before, or None where there was no report."""
    frame = Frame(quarter, as_of, company_zone())
    scheme = scheme_in_force()
    matrix = matrix_part(scheme, frame)
    return {
        "schema": SCHEMA,
        "meta": _meta(frame, scheme.number, revision, revision_reason),
        "names": _names(),
        "matrix": matrix,
        "risks": risk_parts(open_risks(), matrix, _last_cells(last), frame),
        "movement": movement(frame),
        "levels_last": _last_levels(last),
        "last_as_of": last["meta"]["as_of"] if last else None,
        "closed": activity.closed_risks(frame),
        "plans_waiting": activity.plans_waiting(frame),
        "confirmations_waiting": activity.confirmations_waiting(frame),
        "acceptances": activity.acceptances(frame),
        "actions_overdue": activity.actions_overdue(frame),
        "decisions": activity.decisions(frame),
        "controls": controls_part(frame),
        "anchors": evidence.anchors(frame),
        "sources": evidence.sources(frame),
        "signatures": evidence.signatures(),
    }


def _meta(frame: Frame, scheme: int, revision: int, reason: str) -> Meta:
    return {
        "company": pair(*company_names()),
        "year": frame.quarter.year,
        "quarter": frame.quarter.number,
        "period_start": frame.quarter.starts_on.isoformat(),
        "period_end": frame.quarter.ends_on.isoformat(),
        "as_of": moment(frame.as_of, frame.zone),
        "zone": str(frame.zone),
        "is_draft": frame.is_draft,
        "is_sample": False,
        "revision": revision,
        "revision_reason": reason,
        "scheme": scheme,
        "distribution": [words(_("Management")), words(_("Risk department")), words(_("Audit"))],
    }


def _names() -> Names:
    return {
        "categories": {row.code: name_of(row) for row in RiskCategory.objects.all()},
        "areas": {row.code: name_of(row) for row in RiskArea.objects.all()},
        "sources": {row.code: name_of(row) for row in RiskSource.objects.all()},
        "departments": {row.code: name_of(row) for row in Department.objects.order_by("path")},
        "registers": {row.code: name_of(row) for row in Register.objects.order_by("code")},
    }


def _last_cells(last: dict[str, Any] | None) -> Last | None:
    if last is None:
        return None
    return {risk["code"]: (risk["residual"], risk["level"]) for risk in last["risks"]}


def _last_levels(last: dict[str, Any] | None) -> LevelCounts | None:
    if last is None:
        return None
    return dict(Counter(risk["level"] or "unrated" for risk in last["risks"]))
