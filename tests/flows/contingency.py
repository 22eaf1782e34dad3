"""The pages of contingency plans and drills."""

from assessments.models import ContingencyPlan, Drill, DrillGap
from assessments.services import finish_gap, share_card
from registers.models import Risk
from riskhub.accounts.models import User
from tests.flows.stops import Stop


def contingency():
    for who in ("risk.manager", "staff.cleaning", "auditor"):
        yield Stop("assessments:contingency_list", who)
        yield Stop("assessments:contingency_detail", who, "CP-01")
    yield Stop("assessments:contingency_list", query="?q=nothing+is+called+so")
    yield Stop("assessments:contingency_detail", key="CP-06")
    yield Stop("assessments:contingency_detail", "head.cleaning", "CP-08")
    yield Stop("assessments:contingency_create", "head.cleaning")
    for name in ("edit", "retire", "link"):
        yield Stop(f"assessments:contingency_{name}", key="CP-01")
    yield Stop("assessments:contingency_adopt")
    yield Stop("assessments:card_list", "staff.cleaning")
    yield Stop("assessments:contingency_card", "staff.cleaning", "CP-01")
    manager = User.objects.get(username="risk.manager")
    shared = share_card(ContingencyPlan.objects.get(code="CP-03"), by=manager, is_public=True)
    yield Stop("assessments:public_card", "", shared.card_key)
    yield Stop("assessments:risk_contingency", key=Risk.objects.get(number=1).code)
    for gap in ("no_plan", "outside", "no_drill"):
        yield Stop("assessments:contingency_gaps", query=f"?gap={gap}")
    for view in ("next", "overdue", "held", "gaps"):
        yield Stop("assessments:drill_list", query=f"?view={view}")
    failed = Drill.objects.get(result="fail")
    waiting = Drill.objects.scheduled().get(plan__code="CP-01")
    yield Stop("assessments:drill_detail", key=failed.pk)
    yield Stop("assessments:drill_detail", key=waiting.pk)
    for name in ("hold", "miss"):
        yield Stop(f"assessments:drill_{name}", key=waiting.pk)
    yield Stop("assessments:drill_create", key="CP-02")
    yield Stop("assessments:gap_finish", key=failed.gaps.first().pk)
    yield Stop("assessments:gap_reopen", key=closed_gap().pk)


def closed_gap():
    """The story leaves none."""
    gap = DrillGap.objects.get(drill__plan__code="CP-02")
    if gap.state == "open":
        finish_gap(gap, by=User.objects.get(username="second.manager"), note="十月起每周练一次")
    return gap
