"""A risk has risen above its plan in force: whoever looks after the plan hears of it."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from assessments.models import ResponsePlan
from assessments.plans.outgrown import lacks_of
from assessments.schemes.in_force import appetite_today
from registers.choices import OPEN_STATES, Level
from riskhub.audit.context import acting
from riskhub.notices.models import Notice
from riskhub.notices.services import notify


def derive_outgrown_plans(*, by: None = None) -> None:
    """Of each plan in force that lacks what the level asks for by now; of the same lacks once."""
    with acting(by, "notice.sent"):
        plans = list(
            ResponsePlan.objects.live()
            .filter(in_force__isnull=False, risk__state__in=OPEN_STATES)
            .select_related("risk", "in_force", "owner")
            .order_by("pk")
        )
        appetite = appetite_today() if plans else None
        found = {}
        for plan in plans:
            if lacks := lacks_of(plan, appetite):
                found[f"plan_outgrown:{plan.pk}:{plan.in_force_id}:{','.join(lacks)}"] = plan
        told = set(Notice.objects.filter(dedupe__in=found).values_list("dedupe", flat=True))
        for key, plan in found.items():
            if key not in told:
                _tell(plan, key)


def _tell(plan: ResponsePlan, key: str) -> None:
    notify(
        [plan.owner],
        by=None,
        kind="plan_outgrown",
        params={"plan": plan.code, "risk": plan.risk.code, "level": _names_of_level(plan)},
        url=reverse("assessments:plan_detail", args=[plan.code]),
        dedupe=key,
    )


def _names_of_level(plan: ResponsePlan) -> dict[str, str]:
    """By language."""
    names = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            names[language] = str(Level(plan.risk.residual_level or 0).label)
    return names
