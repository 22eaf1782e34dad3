"""What is pinned to the home page of management until it is done: the risks that ask for special measures."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.choices import ActionState
from assessments.matrix import QUALITATIVE_SCORES
from assessments.models import ResponsePlan
from assessments.permissions import can_decide_any
from assessments.plans.words import standing_words
from registers.choices import Level
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.oversight.cards import SIDE, Card, Row, Side, register_card

_MOST = 20
_HIGH = QUALITATIVE_SCORES["H"]
# Critical, and the corner in which both scores are high, whatever level a scheme gives it.
_ASKS = Q(residual_level=Level.CRITICAL) | Q(
    residual_probability__gte=_HIGH, residual_impact__gte=_HIGH
)


def register_critical_card() -> None:
    register_card(Card("critical", SIDE, 5, can_decide_any, critical_risks))


def critical_risks(user: User) -> Side | None:
    """Those one stands for as sponsor first; each leads to its plan, or to the risk that has none.

    Two queries.
    """
    risks = Risk.objects.visible_to(user).open().filter(_ASKS).for_list().in_ranking()
    found = {risk.pk: risk for risk in risks[:_MOST]}
    if not found:
        return None
    plans = _plans_of(found)
    own = [pk for pk in found if pk in plans and _sponsor(plans[pk]) == user]
    order = [*own, *(pk for pk in found if pk not in own)]
    rows = [_row(user, found[pk], plans.get(pk)) for pk in order]
    url = f"{reverse('registers:risk_list')}?level=critical"
    return Side(
        gettext_lazy("Special measures"), "oversight/rows_card.html", {"rows": rows}, url,
        gettext_lazy("Critical risks"),
    )  # fmt: skip


def _plans_of(risks: dict[int, Risk]) -> dict[int, ResponsePlan]:
    to_do = [ActionState.OPEN, ActionState.DOING]
    today = timezone.localdate()
    plans = ResponsePlan.objects.live().filter(risk__in=risks)
    plans = plans.select_related("head__sponsor", "in_force__sponsor").annotate(
        pending=Count("actions", filter=Q(actions__state__in=to_do)),
        late=Count("actions", filter=Q(actions__state__in=to_do, actions__due_on__lt=today)),
    )
    return {plan.risk_id: plan for plan in plans}


def _sponsor(plan: ResponsePlan) -> User | None:
    shown = plan.in_force or plan.head
    return shown.sponsor if shown else None


def _row(user: User, risk: Risk, plan: ResponsePlan | None) -> Row:
    meta = [risk.code, risk.owner_department.name]
    if plan is None:
        return Row(
            risk.get_absolute_url(), risk.name, "fire", meta=meta, fact=_("no plan"), is_late=True
        )
    sponsor = _sponsor(plan)
    if sponsor:
        named = _("you are the sponsor") if sponsor == user else str(sponsor)
        meta.append(named)
    fact, is_late = _progress(plan)
    return Row(
        reverse("assessments:plan_detail", args=[plan.code]), risk.name, "fire",
        meta=[*meta, f"{plan.code} {standing_words(plan)}"], fact=fact, is_late=is_late,
    )  # fmt: skip


def _progress(plan: ResponsePlan) -> tuple[str, bool]:
    late, pending = plan.late, plan.pending  # type: ignore[attr-defined]  # see `_plans_of`
    if late:
        words = ngettext("%(count)d action late", "%(count)d actions late", late)
        return words % {"count": late}, True
    words = ngettext("%(count)d open action", "%(count)d open actions", pending)
    return (words % {"count": pending} if pending else ""), False
