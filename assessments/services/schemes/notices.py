"""Who hears of a matrix: management when it waits, who handed it in when it is decided."""

from django.urls import reverse

from assessments.models import MatrixScheme, SchemeDecision
from assessments.people import deciders_of_scheme
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.notices.services import notify


def tell_deciders(scheme: MatrixScheme, *, by: User) -> None:
    with acting(by, "notice.sent"):
        notify(
            deciders_of_scheme(scheme),
            by=by,
            kind="scheme_waiting",
            params=_named(scheme),
            url=reverse("assessments:scheme_decide", args=[scheme.number]),
            dedupe=f"scheme_waiting:{scheme.number}:{scheme.row_version}",
        )


def tell_submitter(scheme: MatrixScheme, decision: SchemeDecision, *, by: User) -> None:
    with acting(by, "notice.sent"):
        notify(
            [scheme.submitted_by] if scheme.submitted_by else [],
            by=by,
            kind=f"scheme_{decision.decision}",
            params=_named(scheme),
            url=reverse("assessments:scheme_detail", args=[scheme.number]),
            dedupe=f"scheme_decided:{decision.pk}",
        )


def _named(scheme: MatrixScheme) -> dict[str, object]:
    names = {"zh-hans": scheme.name_zh, "en": scheme.name_en or scheme.name_zh}
    return {"matrix": scheme.code, "name": names}
