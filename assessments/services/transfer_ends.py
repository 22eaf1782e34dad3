"""What ends under a plan or a judgement: the risk is judged again the same day."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from assessments.choices import LIVE_PLAN_STATES, ReassessmentReason
from assessments.models import Assessment, ReassessmentTask, ResponsePlan, TransferLink
from assessments.services.reassessment_causes import DAYS_TO_ANSWER
from assessments.services.reassessments import Cause, open_reassessments
from registers.choices import OPEN_STATES, TransferState
from registers.models.transfers import Transfer
from riskhub.audit.context import acting
from riskhub.company.preferences import company_zone
from riskhub.notices.services import notify

_KINDS = ("policy", "clause", "supplier")


def derive_transfer_ends(*, by: None = None) -> None:
    """Of each plan in force that passes its risk on to what has ended; of each end once."""
    with acting(by, "reassessment.opened"):
        today = timezone.localdate(timezone=company_zone())
        found = {
            (plan.risk_id, _ref(transfer)): (plan, transfer) for plan, transfer in _over(today)
        }
        asked = ReassessmentTask.objects.filter(
            reason=ReassessmentReason.POLICY, risk__in={risk for risk, _ref in found}
        )
        known = {(task.risk_id, task.ref) for task in asked}
        # A judgement of after the end knows of it, whatever it was that asked for it.
        since = {(task.risk_id, timezone.localdate(task.opened_at)) for task in asked}
        for (risk, ref), (plan, transfer) in sorted(found.items(), key=lambda pair: pair[0]):
            if (risk, ref) in known or _is_known(risk, transfer, since):
                continue
            _ask(plan, transfer, ref, today)


def derive_policy_ends(*, by: None = None) -> None:
    """Of each judgement that counts net of a policy, when that has ended; of each end once."""
    with acting(by, "reassessment.opened"):
        today = timezone.localdate(timezone=company_zone())
        over = Q(net_of_policy__valid_until__lt=today)
        over |= Q(net_of_policy__state=TransferState.ENDED)
        standing = Assessment.objects.confirmed().filter(over, risk__state__in=OPEN_STATES)
        judged = list(standing.select_related("net_of_policy").order_by("pk"))
        asked = ReassessmentTask.objects.filter(
            reason=ReassessmentReason.POLICY, risk__in={one.risk_id for one in judged}
        )
        latest: dict[tuple[int, str], datetime] = {}
        for task in asked.order_by("opened_at"):
            latest[task.risk_id, task.ref] = task.opened_at
        causes = [cause for one in judged if (cause := _cause(one, latest, today))]
        if causes:
            open_reassessments(causes, by=by)


def _cause(
    judged: Assessment, latest: Mapping[tuple[int, str], datetime], today: date
) -> Cause | None:
    """None where it was asked for since."""
    policy, moment = judged.net_of_policy, judged.submitted_at
    assert policy is not None  # noqa: S101 - only such are asked for
    asked = latest.get((judged.risk_id, _ref(policy)))
    if asked and (moment is None or asked >= moment):
        return None
    names = _names(policy)
    return Cause(
        judged.risk_id, ReassessmentReason.POLICY, today + DAYS_TO_ANSWER, _ref(policy),
        label_zh=names["zh-hans"], label_en=names["en"],
    )  # fmt: skip


def _over(today: date) -> list[tuple[ResponsePlan, Transfer]]:
    """What versions in force of living plans rest on, and no longer holds; one query."""
    ended = Q()
    for kind in _KINDS:
        ended |= Q(**{f"{kind}__valid_until__lt": today})
        ended |= Q(**{f"{kind}__state": TransferState.ENDED})
    links = TransferLink.objects.filter(
        ended, version__in_force_of__state__in=LIVE_PLAN_STATES,
        version__in_force_of__risk__state__in=OPEN_STATES,
    ).select_related(*_KINDS, "version__in_force_of__risk", "version__in_force_of__owner")  # fmt: skip
    found = (
        (link.version.in_force_of, link.policy or link.clause or link.supplier)
        for link in links.order_by("pk")
    )
    return [(plan, transfer) for plan, transfer in found if transfer]


def _ref(transfer: Transfer) -> str:
    """One end of it: taken into use again, it ends anew."""
    end = f"{transfer.key}:{transfer.valid_until or TransferState.ENDED}"
    return f"{end}:{transfer.renewals}" if transfer.renewals else end


def _names(transfer: Transfer) -> dict[str, str]:
    """By language: P-2026-7 Public liability."""
    return {
        "zh-hans": f"{transfer.code} {transfer.name_zh}",
        "en": f"{transfer.code} {transfer.name_en or transfer.name_zh}",
    }


def _is_known(risk: int, transfer: Transfer, since: set[tuple[int, date]]) -> bool:
    end = transfer.valid_until
    return end is not None and any(key == risk and day > end for key, day in since)


def _ask(plan: ResponsePlan, transfer: Transfer, ref: str, today: date) -> None:
    names = {"zh-hans": transfer.name_zh, "en": transfer.name_en or transfer.name_zh}
    labels = {key: f"{plan.code}: {name}" for key, name in _names(transfer).items()}
    cause = Cause(
        plan.risk_id, ReassessmentReason.POLICY, today + DAYS_TO_ANSWER, ref,
        label_zh=labels["zh-hans"], label_en=labels["en"],
    )  # fmt: skip
    open_reassessments([cause], by=None)
    notify(
        [plan.owner],
        by=None,
        kind="plan_needs_attention",
        params={"plan": plan.code, "risk": plan.risk.code, "code": transfer.code, "name": names},
        url=reverse("assessments:plan_detail", args=[plan.code]),
        dedupe=f"plan_attention:{plan.pk}:{ref}"[:200],
    )
