"""What this package puts on the home page."""

from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from django_stubs_ext import StrPromise

from assessments.heat_map import RESIDUAL, heat_map_of
from assessments.late import due_words
from assessments.models import (
    Action,
    Assessment,
    AssessmentDraft,
    PlanDraft,
    PlanVersion,
    ResponsePlan,
)
from assessments.permissions import (
    can_answer_any,
    can_confirm_any,
    can_decide_any,
    can_import_register,
    can_write_any,
)
from assessments.plans.action_lists import LATE, MINE, VERIFY, actions_in
from assessments.plans.content import PlanContent
from assessments.plans.due_times import Waiting, days_to_decide, waiting_of
from assessments.plans.words import asked_words
from assessments.returns import register_return_cards
from assessments.schemes.cards import register_scheme_cards
from assessments.schemes.in_force import NoScheme
from assessments.waiting import keep_to_confirm
from registers.cards import SEES
from registers.models import Risk
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.company.calendar import first_moment
from riskhub.company.preferences import company_zone
from riskhub.entry.day_words import moment
from riskhub.oversight.cards import (
    FIRST,
    MOST_ROWS,
    MY,
    NEEDS,
    SIDE,
    Card,
    Row,
    Section,
    Side,
    Start,
    first_and_counted,
    register_card,
    waits,
)
from riskhub.reports.charts.grid import PHONE
from riskhub.reports.charts.heat_map import heat_map as draw

_MOST_DRAFTS = 20
OVERSEERS = (
    Role.RISK_MANAGER, Role.DEPARTMENT_HEAD, Role.APPROVER, Role.AUDITOR, Role.ADMIN,
)  # fmt: skip
ACTORS = (Role.RISK_MANAGER, Role.DEPARTMENT_HEAD, Role.STAFF, Role.CUSTOMER_SERVICE, Role.FINANCE)


def register_cards() -> None:
    register_scheme_cards()
    register_return_cards()
    register_card(Card("approvals", NEEDS, 10, can_decide_any, plans_waiting))
    register_card(Card("confirmations", NEEDS, 30, can_confirm_any, assessments_waiting))
    register_card(Card("my_actions", NEEDS, 40, _is_staff_or_more, my_actions))
    register_card(Card("actions_to_verify", NEEDS, 45, _is_staff_or_more, actions_to_verify))
    register_card(Card("late_actions", NEEDS, 70, _answers_for_others, late_actions))
    register_card(Card("heat_map", SIDE, 10, _oversees, heat_map_side))
    register_card(Card("actions_of_mine", MY, 30, _is_staff_or_more, actions_of_mine))
    register_card(Card("my_drafts", MY, 15, can_answer_any, drafts_of_mine))
    register_card(Card("my_plan_drafts", MY, 16, can_write_any, plan_drafts_of_mine))
    register_card(Card("import", FIRST, 30, can_import_register, import_start))


def plans_waiting(user: User) -> Section | None:
    """As on the page: the one that is due first at the top."""
    waiting = ResponsePlan.objects.visible_to(user).awaiting_approval()
    count = waiting.count()
    if not count:
        return None
    allowed, zone = days_to_decide(), company_zone()
    plans = waiting.by_due_day(allowed)
    plans = plans.select_related("risk__owner_department", "head__submitted_by")
    rows = [_plan_row(user, plan, waiting_of(plan, allowed, zone)) for plan in plans[:MOST_ROWS]]
    url = reverse("assessments:plan_waiting")
    midnight = first_moment(timezone.localdate(timezone=zone), zone)
    late = waiting.overdue(allowed, midnight).count()
    return Section(gettext_lazy("Plans to approve"), count, url, rows, late=late)


def _plan_row(user: User, plan: ResponsePlan, waiting: Waiting | None) -> Row:
    """One's own waits for another person: it is read, not decided on."""
    url = reverse("assessments:plan_decide", args=[plan.code])
    head = plan.head
    submitter = head.submitted_by if head else None
    verb = pgettext_lazy("on a plan", "Decide")
    is_own = submitter == user
    return Row(
        url, plan.risk.name, "document-check",
        meta=[
            plan.code, plan.risk.owner_department.name, str(submitter or ""),
            *(_asked_of(head) if head else ()),
        ],
        fact=_("Another person decides") if is_own else _waiting_words(waiting),
        is_late=bool(waiting and waiting.is_late),
        action="" if is_own else verb, action_url=url,
    )  # fmt: skip


def _asked_of(head: PlanVersion) -> list[str]:
    """How high the risk stands, and what the plan costs."""
    level = str(head.get_residual_level_display() or "")
    asked = pgettext("between names", ", ").join(asked_words(PlanContent.parse(head.content)))
    return [words for words in (level, asked) if words]


def _waiting_words(waiting: Waiting | None) -> str:
    """Until when it is to be decided, as the others say how late they are."""
    if waiting is None or waiting.due_on is None:
        return waits(waiting.days if waiting else 0)
    return _late_words(waiting.days_late) if waiting.is_late else due_words(waiting.due_on)


def assessments_waiting(user: User) -> Section | None:
    """Their number stands in the navigation, too: it is asked for once."""
    waiting = Assessment.objects.visible_to(user).confirmable_by(user).for_decision()
    ordered = waiting.order_by("-residual_level", "-inherent_level", "pk")
    first, count, _late = first_and_counted(ordered, Q(pk__in=[]))
    keep_to_confirm(user, count)
    if not count:
        return None
    url = reverse("assessments:assessment_confirm")
    rows = [
        Row(
            reverse("assessments:assessment_list", args=[one.risk.code]), one.risk.name, "scale",
            meta=[one.risk.code, one.risk.owner_department.name, str(one.assessor or "")],
            fact=str(one.get_residual_level_display()),
            action=gettext_lazy("Confirm"), action_url=url,
        )
        for one in first
    ]  # fmt: skip
    return Section(gettext_lazy("Assessments to confirm"), count, url, rows)


def my_actions(user: User) -> Section | None:
    return _actions(user, MINE, gettext_lazy("My actions"))


def actions_to_verify(user: User) -> Section | None:
    """What others have done; the one that has waited longest stands first."""
    waiting = actions_in(VERIFY, user).select_related("plan__risk", "done_by")
    first, count, _late = first_and_counted(waiting, Q(pk__in=[]))
    if not count:
        return None
    rows = [
        Row(
            reverse("assessments:plan_detail", args=[one.plan.code]), one.title, "check-circle",
            meta=[one.plan.code, one.plan.risk.name], fact=str(one.done_by),
            action=gettext_lazy("Verify"),
            action_url=reverse("assessments:action_verify", args=[one.pk]),
        )
        for one in first
    ]  # fmt: skip
    url = f"{reverse('assessments:action_list')}?view={VERIFY}"
    return Section(gettext_lazy("Actions to verify"), count, url, rows)


def actions_of_mine(user: User) -> Section:
    none = Section(gettext_lazy("My actions"), 0, "", hint=gettext_lazy("No open action is yours."))
    return my_actions(user) or none


def drafts_of_mine(user: User) -> Section | None:
    """Assessments that one has begun and not submitted; nobody else sees them."""
    drafts = AssessmentDraft.objects.filter(assessor=user, risk__in=Risk.objects.visible_to(user))
    title = gettext_lazy("Drafts of assessments")
    return _drafts(
        drafts, title, lambda one: reverse("assessments:assessment_create", args=[one.risk.code])
    )


def plan_drafts_of_mine(user: User) -> Section | None:
    """What one has typed in the editor of a plan and not kept there."""
    drafts = PlanDraft.objects.filter(author=user, risk__in=Risk.objects.visible_to(user))
    living = ResponsePlan.objects.live().filter(risk=OuterRef("risk")).values("code")
    title = gettext_lazy("Plans you are writing")
    return _drafts(drafts.annotate(plan=Subquery(living[:1])), title, _plan_editor)


def _plan_editor(draft: PlanDraft) -> str:
    plan: str | None = draft.plan  # type: ignore[attr-defined]  # see `plan_drafts_of_mine`
    if plan:
        return reverse("assessments:plan_edit", args=[plan])
    return reverse("assessments:plan_create", args=[draft.risk.code])


def _drafts(
    drafts: QuerySet[Any], title: StrPromise, editor: Callable[[Any], str]
) -> Section | None:
    count = drafts.count()
    if not count:
        return None
    first = drafts.select_related("risk__owner_department").order_by("-saved_at")[:_MOST_DRAFTS]
    rows = [
        Row(
            editor(one), one.risk.name, "pencil-square",
            meta=[one.risk.code, one.risk.owner_department.name],
            fact=_("saved %(moment)s") % {"moment": moment(one.saved_at)},
        )
        for one in first
    ]  # fmt: skip
    return Section(title, count, "", rows)


def late_actions(user: User) -> Section | None:
    return _actions(user, LATE, gettext_lazy("Late actions of others"))


def _actions(user: User, view: str, title: StrPromise) -> Section | None:
    actions = actions_in(view, user).select_related("plan__risk", "owner")
    first, count, late = first_and_counted(actions, Q(due_on__lt=timezone.localdate()))
    if not count:
        return None
    rows = [_action_row(action) for action in first]
    url = f"{reverse('assessments:action_list')}?view={view}"
    return Section(title, count, url, rows, late=late)


def _action_row(action: Action) -> Row:
    url = reverse("assessments:plan_detail", args=[action.plan.code])
    return Row(
        url, action.title, "check",
        meta=[action.plan.code, action.plan.risk.name, str(action.owner)],
        fact=due_words(action.due_on),
        is_late=action.due_on < timezone.localdate(),
    )  # fmt: skip


def _late_words(days: int) -> str:
    return ngettext("%(count)d day late", "%(count)d days late", days) % {"count": days}


def heat_map_side(user: User) -> Side | None:
    """The open risks by their residual cell, and by level: each level leads to its list."""
    try:
        heat = heat_map_of(Risk.objects.visible_to(user).open(), RESIDUAL)
    except NoScheme:
        return None
    if not heat.rated:
        return None
    picture = draw(heat.matrix, heat.counts, title=_("Residual risks"), layout=PHONE)
    return Side(
        gettext_lazy("Residual risks"), "assessments/heat_map_card.html",
        {"picture": picture, "levels": heat.levels}, reverse("assessments:heat_map"),
        gettext_lazy("Heat map"),
    )  # fmt: skip


def import_start(user: User) -> Start | None:
    known: bool | None = vars(user).pop(SEES, None)
    if Risk.objects.visible_to(user).exists() if known is None else known:
        return None
    url = reverse("assessments:import_create")
    words = gettext_lazy(
        "An XLSX, XLS, ODS or CSV file of your own; you see every row before anything is kept."
    )
    return Start(gettext_lazy("Import a file"), url, "arrow-up-tray", words)


def _is_staff_or_more(user: User) -> bool:
    return user.roles.has(*ACTORS)


def _oversees(user: User) -> bool:
    """Looks after many risks, not only those met at work."""
    return user.roles.has(*OVERSEERS)


def _answers_for_others(user: User) -> bool:
    return user.roles.has(Role.RISK_MANAGER, Role.DEPARTMENT_HEAD)
