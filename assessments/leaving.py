"""What of this package is open with a person, and what only they can decide."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import Action, Assessment, ResponsePlan
from assessments.people import confirmers_of, deciders_of
from assessments.permissions import confirming_as, deciding_as, involved_in
from assessments.plans.content import PlanContent
from registers.leaving import holdings_by_department
from riskhub.accounts.closing import Blocker
from riskhub.accounts.leaving import Holding, Item
from riskhub.accounts.models import Department, User


def plans_held_by(user: User) -> list[Holding]:
    plans = ResponsePlan.objects.live().filter(owner=user)
    plans = plans.select_related("risk__owner_department").order_by("number")
    rows = (_item(plan, plan, f"{plan.code} {plan.risk.name}") for plan in plans)
    return holdings_by_department("plan", _("Plans of %(department)s"), rows, user)


def actions_held_by(user: User) -> list[Holding]:
    actions = Action.objects.pending().filter(owner=user)
    actions = actions.select_related("plan__risk__owner_department").order_by("due_on", "pk")
    rows = (_item(one, one.plan, f"{one.plan.code} {one.title}") for one in actions)
    return holdings_by_department("action", _("Actions of %(department)s"), rows, user)


def waiting_for_alone(user: User) -> list[Blocker]:
    """Decisions that nobody else can take, and plans under decision that name this person."""
    return [*_plans(user), *_assessments(user)]


def _plans(user: User) -> Iterable[Blocker]:
    waiting = ResponsePlan.objects.awaiting_approval()
    for plan in waiting.select_related("risk__owner_department", "head").order_by("number"):
        url, facts = reverse("assessments:plan_detail", args=[plan.code]), {"plan": plan.code}
        involved = involved_in(plan)
        deciders = deciders_of(plan)
        if deciders and {deciding_as(one, plan, involved) for one in deciders} == {user.pk}:
            words = _(
                "%(plan)s waits, and nobody else can decide on it. Give another one the role."
            )
            yield Blocker(words % facts, url)
        if plan.head and user.pk in PlanContent.parse(plan.head.content).people:
            words = _("%(plan)s waits and names them. Have it decided or changed first.")
            yield Blocker(words % facts, url)


def _assessments(user: User) -> Iterable[Blocker]:
    waiting = Assessment.objects.confirmable_by(user).for_decision().order_by("pk")
    for assessment in waiting:
        confirmers = confirmers_of(assessment)
        if confirmers and {confirming_as(one, assessment) for one in confirmers} == {user.pk}:
            words = _("The assessment of %(risk)s waits, and nobody else can confirm it.")
            url = reverse("assessments:assessment_list", args=[assessment.risk.code])
            yield Blocker(words % {"risk": assessment.risk.code}, url)


def _item(row: ResponsePlan | Action, plan: ResponsePlan, label: str) -> tuple[Department, Item]:
    url = reverse("assessments:plan_detail", args=[plan.code])
    return plan.risk.owner_department, Item(row.pk, label, url)
