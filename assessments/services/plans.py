"""Write a response plan, version by version, and submit it."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import PlanAuthor, PlanVersion, ResponsePlan
from assessments.people import sponsors_for
from assessments.plans.content import PlanContent
from assessments.plans.outgrown import may_go_again
from assessments.plans.rules import Asked, implausible_days, must_be_approved, plan_faults
from assessments.plans.versions import next_number
from assessments.schemes.in_force import demand_of, demand_today, grid_in_force
from assessments.services.enforcement import end_plan, keep_in_force, put_in_force
from assessments.services.plan_drafts import finish_plan_draft
from assessments.services.plan_notices import tell_approvers
from assessments.services.plan_references import (
    link_transfers,
    reference_faults,
    unknown_references,
)
from assessments.services.plan_standing import show_plan
from registers.choices import PlanState
from registers.closing import require_open
from registers.models import Risk
from registers.permissions import owner_objection
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, can_move, move
from riskhub.audit.versions import lock_row, lock_version, save_fields
from riskhub.company.services import take_numbers
from riskhub.entry.texts import prose

_BEING_WRITTEN = (PlanState.DRAFT, PlanState.CHANGES_REQUESTED)
SAFETY = ("customer_safety", "staff_safety")


class PlanIncomplete(Exception):  # noqa: N818 - reads as what it says
    """The wording breaks a rule of its strategy; `faults` is {field: sentence}."""

    def __init__(self, faults: dict[str, str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults.values()))


class HasLivePlan(Exception):  # noqa: N818 - reads as what it says
    """One risk has one living plan: `plan` is the one it has."""

    def __init__(self, plan: ResponsePlan) -> None:
        self.plan = plan
        super().__init__(_("This risk already has a plan. Open it and change it there."))


def create_plan(
    risk: Risk,
    *,
    by: User,
    content: PlanContent,
    owner: User | None = None,
    draft_version: int | None = None,
) -> ResponsePlan:
    """`draft_version` is that of the author's own draft, which has become the plan."""
    with acting(by, "plan.created"):
        content = _checked(content, risk)
        if objection := owner_objection(owner, risk.owner_department):
            raise PlanIncomplete({"owner": objection})
        require_open(lock_row(risk))
        if living := risk.plans.live().first():
            raise HasLivePlan(living)
        number = take_numbers("plan", by=by)[0]
        plan = ResponsePlan.objects.create(
            number=number, code=f"RP-{number:03d}", risk=risk, owner=owner or _usual(risk) or by
        )
        _add_version(plan, content, by)
        show_plan(plan, by=by)
        _finish_draft(risk, by, draft_version)
        return plan


def save_plan(
    plan: ResponsePlan,
    *,
    by: User,
    version: int | None,
    content: PlanContent,
    draft_version: int | None = None,
) -> ResponsePlan:
    """Keep a draft. Changing what was submitted makes a new version: the former approval is void.

    The same words again change nothing, and nobody becomes an author by them. Raises StaleVersion,
    and WrongState where the plan has ended.
    """
    with acting(by, "plan.edited"):
        stored = lock_version(plan, version)
        head = PlanVersion.objects.select_for_update(of=("self",)).get(head_of=stored)
        content = _checked(content, stored.risk, PlanContent.parse(head.content))
        if stored.state != PlanState.DRAFT and not can_move(stored, PlanState.DRAFT):
            raise WrongState(stored, PlanState.DRAFT)
        _finish_draft(stored.risk, by, draft_version)
        if head.content == content.canonical():
            return stored
        if head.is_frozen:
            move(stored, PlanState.DRAFT)
            _add_version(stored, content, by)
        else:
            head.content, head.strategy = content.canonical(), content.strategy
            head.save(update_fields=["content", "strategy"])
            PlanAuthor.objects.get_or_create(version=head, user=by)
            save_fields(stored)
        show_plan(stored, by=by)
        return stored


def submit_plan(plan: ResponsePlan, *, by: User, version: int | None = None) -> ResponsePlan:
    """Freeze the draft and send it to the approvers; what needs no approval comes into force at once.

    Of a version in force that lacks an approval by now the same words go to them, as a new version.
    """
    with acting(by, "plan.submitted"):
        stored = lock_version(plan, version)
        risk = stored.risk = lock_row(stored.risk)
        goes_again = may_go_again(stored)
        if not (goes_again or can_move(stored, PlanState.SUBMITTED)):
            raise WrongState(stored, PlanState.SUBMITTED)
        require_open(risk)
        head = PlanVersion.objects.select_for_update(of=("self",)).get(head_of=stored)
        content = PlanContent.parse(head.content)
        if faults := faults_of(stored, content, risk):
            raise PlanIncomplete(faults)
        if goes_again:
            move(stored, PlanState.DRAFT)
            head = _add_version(stored, content, by)
        _freeze(head, risk, content, by)
        move(stored, PlanState.SUBMITTED)
        if head.requires_approval:
            tell_approvers(stored, by=by)
            show_plan(stored, by=by)
        else:
            put_in_force(stored, head, by=by)
        return stored


def withdraw_plan(
    plan: ResponsePlan, *, by: User, reason: str, version: int | None = None
) -> ResponsePlan:
    """End it, with what is in force: the risk has no plan any more."""
    with acting(by, "plan.withdrawn", reason):
        stored = lock_version(plan, version)
        if not prose(reason):
            raise PlanIncomplete({"reason": _("Say why the plan is withdrawn.")})
        end_plan(stored, PlanState.WITHDRAWN, by=by, reason=prose(reason))
        return stored


def discard_version(
    plan: ResponsePlan, *, by: User, reason: str, version: int | None = None
) -> ResponsePlan:
    """Give up the further version that is being written: the plan is again what is in force.

    The version stays readable with its authors. Raises WrongState where there is none to give up.
    """
    with acting(by, "plan.version_discarded", reason):
        stored = lock_version(plan, version)
        if stored.in_force is None or stored.state not in _BEING_WRITTEN:
            raise WrongState(stored, PlanState.APPROVED)
        if not prose(reason):
            raise PlanIncomplete({"reason": _("Say why the version is discarded.")})
        keep_in_force(stored, by=by)
        return stored


def faults_of(plan: ResponsePlan | None, content: PlanContent, risk: Risk) -> dict[str, str]:
    """What keeps this wording from being submitted now; `plan` knows which actions are done."""
    done = finished_keys(plan)
    open_actions = [action for action in content.actions if action.key not in done]
    owners = {action.owner for action in open_actions}
    faults = plan_faults(
        content, residual_of(risk), timezone.localdate(), open_actions, asked_of(risk),
        standing=standing_days(plan),
    )  # fmt: skip
    if User.objects.active().filter(pk__in=owners).count() < len(owners):
        faults.setdefault("actions", _("The owner of an action has left. Choose somebody else."))
    if content.sponsor and not sponsors_for(risk).filter(pk=content.sponsor).exists():
        faults["sponsor"] = _("This person approves nothing here any more. Choose somebody else.")
    return faults | reference_faults(content)


def asked_of(risk: Risk) -> Asked:
    """What the level of this risk asks of its plan; nothing where it is not rated."""
    if risk.residual_level is None:
        return Asked()
    demand = demand_today(risk.residual_level, risk.area_id)
    return Asked(
        special_measures=demand.needs_special_measures,
        contingency=demand.needs_contingency,
        injury=bool(risk.area and risk.area.code in SAFETY),
    )


def finished_keys(plan: ResponsePlan | None) -> set[str]:
    """Of the actions that are done: their days need not lie ahead."""
    return set(plan.actions.finished().values_list("key", flat=True)) if plan else set()


def standing_days(plan: ResponsePlan | None) -> set[tuple[str, str]]:
    """(key, day) of the actions under way: late or not, each keeps the day that was approved."""
    if plan is None:
        return set()
    under_way = plan.actions.pending().values_list("key", "due_on")
    return {(key, day.isoformat()) for key, day in under_way}


def _checked(content: PlanContent, risk: Risk, former: PlanContent | None = None) -> PlanContent:
    """As it is kept; raises PlanIncomplete for days nobody means and owners who cannot see the risk.

    Who owned an action before keeps it, though they may have left the department.
    """
    faults = implausible_days(content)
    kept = {(one.key, one.owner) for one in (former.actions if former else ())}
    asked = {one.owner for one in content.actions if (one.key, one.owner) not in kept}
    people = User.objects.in_bulk(asked)
    for number, one in enumerate(content.actions):
        objection = owner_objection(people.get(one.owner), risk.owner_department)
        if objection:
            faults[f"actions.{number}.owner"] = objection
    named = content.sponsor if content.sponsor != (former and former.sponsor) else None
    if named and not sponsors_for(risk).filter(pk=named).exists():
        faults["sponsor"] = _("Choose somebody in management who approves for this department.")
    faults |= unknown_references(content)
    if faults:
        raise PlanIncomplete(faults)
    return content.tidied()


def _finish_draft(risk: Risk, by: User, draft_version: int | None) -> None:
    if draft_version is not None:
        finish_plan_draft(risk, by=by, version=draft_version)


def _usual(risk: Risk) -> User | None:
    """The owner of the risk, who looks after its plan as well; not one who sees it no more."""
    return None if owner_objection(risk.owner, risk.owner_department) else risk.owner


def residual_of(risk: Risk) -> tuple[int, int] | None:
    if risk.residual_probability is None or risk.residual_impact is None:
        return None
    return risk.residual_probability, risk.residual_impact


def _add_version(plan: ResponsePlan, content: PlanContent, by: User) -> PlanVersion:
    head = PlanVersion.objects.create(
        plan=plan,
        number=next_number(plan),
        content=content.canonical(),
        strategy=content.strategy,
        created_by=by,
    )
    PlanAuthor.objects.create(version=head, user=by)
    save_fields(plan, head=head)
    return head


def _freeze(head: PlanVersion, risk: Risk, content: PlanContent, by: User) -> None:
    """Repeat beside the text what the database checks: the level then, the target, the acceptance."""
    assert risk.residual_level is not None  # noqa: S101 - plan_faults refuses an unrated risk
    grid = grid_in_force()
    head.scheme_id = grid.scheme
    head.residual_probability = risk.residual_probability
    head.residual_impact = risk.residual_impact
    head.residual_level = risk.residual_level
    if content.target:
        cell = grid.cell(*content.target)
        head.target_probability, head.target_impact, head.target_level = (*cell.pair, cell.level)
    head.accept_reason = content.accept_reason
    head.accept_until = date.fromisoformat(content.accept_until) if content.accept_until else None
    link_transfers(head, content, by=by)
    head.special_measures, head.sponsor_id = content.special_measures, content.sponsor
    head.requires_approval = _requires_approval(head, risk)
    head.submitted_by, head.submitted_at = by, timezone.now()
    head.save()


def _requires_approval(head: PlanVersion, risk: Risk) -> bool:
    demand = demand_of(head.scheme_id or 0, head.residual_level or 0, risk.area_id)
    pair = head.residual_probability or 0, head.residual_impact or 0
    return must_be_approved(head.strategy, pair, by_level=demand.needs_approval)
