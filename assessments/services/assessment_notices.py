"""Who hears of a judgement: those who may confirm it, and its assessor when it comes back."""

from collections.abc import Sequence

from django.urls import reverse

from assessments.models import Assessment
from assessments.people import confirmers_of
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.notices.services import notify

_MOST_CODES = 5


def tell_confirmers(assessment: Assessment, *, by: User | None) -> None:
    with acting(by, "notice.sent"):
        risk = assessment.risk
        notify(
            confirmers_of(assessment),
            by=by,
            kind="assessment_waiting",
            params={"risk": risk.code, "title": risk.names},
            url=reverse("assessments:assessment_confirm"),
            dedupe=f"assessment_waiting:{assessment.pk}",
        )


def tell_confirmers_of_many(assessments: Sequence[Assessment], *, by: User | None) -> None:
    """One notice for each department and confirmer, however many wait for them."""
    with acting(by, "notice.sent"):
        departments: dict[int, list[Assessment]] = {}
        for assessment in assessments:
            departments.setdefault(assessment.risk.owner_department_id, []).append(assessment)
        for theirs in departments.values():
            first = theirs[0]
            more = f" +{len(theirs) - 1}" if len(theirs) > 1 else ""
            notify(
                confirmers_of(first), by=by, kind="assessment_waiting",
                params={"risk": first.risk.code + more, "title": first.risk.names},
                url=reverse("assessments:assessment_confirm"),
                dedupe=f"assessment_waiting:{first.pk}",
            )  # fmt: skip


def tell_assessors(assessments: Sequence[Assessment], *, by: User, reason: str) -> None:
    """One notice for each assessor, however many of theirs come back; nothing for one's own."""
    with acting(by, "notice.sent"):
        sent_back: dict[User, list[Assessment]] = {}
        for assessment in assessments:
            if assessment.assessor and assessment.assessor != by:
                sent_back.setdefault(assessment.assessor, []).append(assessment)
        for assessor, theirs in sent_back.items():
            codes = [assessment.risk.code for assessment in theirs]
            more = [f"+{len(codes) - _MOST_CODES}"] if len(codes) > _MOST_CODES else []
            notify(
                [assessor],
                by=by,
                kind="assessment_rejected",
                params={"risk": " ".join(codes[:_MOST_CODES] + more), "reason": reason},
                url=reverse("assessments:assessment_list", args=[codes[0]]),
                dedupe=f"assessment_rejected:{theirs[0].pk}",
            )
