from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, Min, OuterRef, Prefetch, Q, When
from django.db.models.functions import Cast

from assessments.choices import (
    LIVE_PLAN_STATES,
    PENDING_CHANGE_STATES,
    ActionState,
    AssessmentState,
    ReassessmentState,
    SchemeState,
)
from registers.choices import OPEN_STATES, PlanState
from registers.querysets import OWNERS, READERS, departments_of, risk_scope
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.accounts.roles import RoleSet
from riskhub.imports.querysets import ImportMappingQuerySet, ImportRunQuerySet

REGISTER = "register"
"""What a run is called that brings a register; higher packages have kinds of their own."""

if TYPE_CHECKING:
    from assessments.models import (  # noqa: F401 - named in quotes
        Action,
        Assessment,
        MatrixScheme,
        ReassessmentTask,
        ResourceLine,
        ResponsePlan,
    )


# Who gives the second opinion on an assessment that another person made.
CONFIRMERS = (Role.RISK_MANAGER, Role.APPROVER)


# Who answers for the risks of a department.
ANSWERERS = (Role.RISK_MANAGER, Role.DEPARTMENT_HEAD)


class SchemeQuerySet(models.QuerySet["MatrixScheme"]):
    def visible_to(self, user: User) -> Self:
        """Whoever sees risks reads of which edition their levels are."""
        return self.all() if user.deciding_roles.has(*READERS) else self.none()

    def in_force(self) -> Self:
        return self.filter(state=SchemeState.IN_FORCE)

    def awaiting_approval(self) -> Self:
        return self.filter(state=SchemeState.SUBMITTED)

    def for_list(self) -> Self:
        """The newest first."""
        return self.select_related("created_by", "submitted_by", "approved_by").order_by("-number")

    def for_page(self) -> Self:
        return self.select_related("created_by", "submitted_by", "approved_by")


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(risk_scope(user, "risk__"))

    def for_decision(self) -> Self:
        return self.select_related("risk__register", "risk__owner_department", "assessor")

    def with_controls(self) -> Self:
        """Each with the controls that it looked at: one more query."""
        controls = apps.get_model("assessments", "AssessmentControl")._default_manager
        return self.prefetch_related(
            Prefetch("controls", controls.select_related("control").order_by("control__number"))
        )

    def with_basis(self) -> Self:
        """Each with the controls that it counted and its impact by dimension: two more queries."""
        found = self.with_controls().select_related("lec", "net_of_policy")
        return found.prefetch_related("impact_scores")

    def confirmed(self) -> Self:
        return self.filter(state=AssessmentState.CONFIRMED)

    def waiting(self) -> Self:
        """Submitted, for another person to confirm."""
        return self.filter(state=AssessmentState.SUBMITTED)

    def made_by(self, user: User) -> Self:
        return self.filter(assessor=user)

    def sent_back_to(self, user: User) -> Self:
        """What others sent back to this assessor, while the risk is open and nobody has judged it again.

        What its assessor took back is not sent back, and judges nothing.
        """
        events = apps.get_model("audit", "AuditEvent")._default_manager.filter(
            action="assessment.rejected", object_type=self.model._meta.db_table,
            object_id=Cast(OuterRef("pk"), models.TextField()),
        )  # fmt: skip
        taken_back = Exists(events.filter(actor_id=OuterRef("assessor")))
        later = self.model._default_manager.filter(risk=OuterRef("risk"), pk__gt=OuterRef("pk"))
        later = later.exclude(state=AssessmentState.DRAFT)
        later = later.exclude(taken_back, state=AssessmentState.REJECTED)
        theirs = self.made_by(user).filter(risk_scope(user, "risk__", is_own=True))
        returned = theirs.filter(
            Exists(events), state=AssessmentState.REJECTED, risk__state__in=OPEN_STATES
        )
        return returned.filter(~taken_back, ~Exists(later))

    def confirmable_by(self, user: User) -> Self:
        """What `can_confirm_assessment` allows, as one condition: not their own, in their scope."""
        allowed = _covered_by(user.roles)
        for absent, roles in user.stands_in_for.items():
            allowed |= _covered_by(roles) & (Q(assessor=None) | ~Q(assessor=absent))
        return self.waiting().exclude(assessor=user).filter(allowed)


def _covered_by(roles: RoleSet) -> Q:
    """The assessments that somebody with these roles gives the second opinion on."""
    if roles.everywhere(*CONFIRMERS):
        return ~Q(pk__in=[])
    return Q(risk__owner_department__in=roles.department_ids(*CONFIRMERS))


def runs_visible_to(user: User) -> ImportRunQuerySet:
    """The imports into registers that the user keeps, whoever brought the file, and their own.

    A register that is not made yet is kept by whoever keeps its department.
    """
    return _runs().visible_to(user, into=_kept_by(user))


def mappings_visible_to(user: User) -> ImportMappingQuerySet:
    """The answers kept for the registers that the user keeps; the auditor reads all."""
    return _mappings().visible_to(user, into=_into_own(user))


def mappings_kept_by(user: User) -> ImportMappingQuerySet:
    return _mappings().filter(_into_own(user))


def _mappings() -> ImportMappingQuerySet:
    rows: ImportMappingQuerySet = apps.get_model("imports", "ImportMapping")._default_manager.all()
    return rows


def runs_kept_by(user: User) -> ImportRunQuerySet:
    """The imports into registers that the user keeps, whoever brought the file."""
    return _runs().filter(_kept_by(user))


def _runs() -> ImportRunQuerySet:
    runs: ImportRunQuerySet = apps.get_model("imports", "ImportRun")._default_manager.all()
    return runs.filter(kind=REGISTER)


def _into_own(user: User) -> Q:
    registers = apps.get_model("registers", "Register")._default_manager.all()
    own = registers.filter(department__in=departments_of(user, Role.RISK_MANAGER))
    return Q(target__in=own.values("code"))


def _kept_by(user: User) -> Q:
    registers = apps.get_model("registers", "Register")._default_manager.all()
    departments = departments_of(user, Role.RISK_MANAGER)
    kept = _into_own(user)
    new = Q(new_target__department__in=list(departments.values_list("code", flat=True)))
    return kept | (new & ~Q(target__in=registers.values("code")))


class PlanQuerySet(models.QuerySet["ResponsePlan"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(risk_scope(user, "risk__"))

    def for_page(self) -> Self:
        return self.select_related(
            "risk__register", "risk__area", "risk__owner_department", "risk__owner", "owner",
            "head__submitted_by", "head__created_by", "in_force",
        )  # fmt: skip

    def for_inbox(self) -> Self:
        """Only what a row of the inbox shows: what waits, of which risk, what it asks for, by whom."""
        return self.select_related("risk__owner_department", "head__submitted_by").only(
            "code", "state", "risk__code", "risk__title", "risk__title_alt", "risk__lang",
            "risk__owner_department__name_zh", "risk__owner_department__name_en", "head__number",
            "head__strategy", "head__residual_probability", "head__residual_impact",
            "head__residual_level", "head__submitted_at", "head__submitted_by__display_name",
            "head__submitted_by__username", "head__content",
        )  # fmt: skip

    def for_list(self) -> Self:
        """With what is still to do: how many actions, and which day comes first."""
        pending = Q(actions__state__in=[ActionState.OPEN, ActionState.DOING])
        return self.select_related("risk__owner_department", "owner", "head", "in_force").annotate(
            pending=Count("actions", filter=pending),
            next_due_on=Min("actions__due_on", filter=pending),
        )

    def live(self) -> Self:
        """Neither closed, rejected nor withdrawn: a risk has one such plan at most."""
        return self.filter(state__in=LIVE_PLAN_STATES)

    def relying_on(self, contingency: int) -> Self:
        """The living ones that name this contingency plan, in what is in force or in what is written."""
        names = rf'"contingency":{contingency}[,}}]'
        return self.live().filter(Q(in_force__content__regex=names) | Q(head__content__regex=names))

    def awaiting_approval(self) -> Self:
        return self.filter(state=PlanState.SUBMITTED)

    def by_due_day(self, approval_days: Mapping[int, int]) -> Self:
        """First what should be decided first: submitted, and the days that its level allows."""
        return self._with_due_at(approval_days).order_by("due_at", "head__submitted_at", "pk")

    def overdue(self, approval_days: Mapping[int, int], today: datetime) -> Self:
        """Those that wait longer than their level allows; `today` is its first moment.

        The day on which a decision is due is not late yet.
        """
        return self._with_due_at(approval_days).filter(due_at__lt=today)

    def _with_due_at(self, approval_days: Mapping[int, int]) -> Self:
        """NULL where the scheme sets no days."""
        allowed = [
            When(head__residual_level=level, then=F("head__submitted_at") + timedelta(days=days))
            for level, days in approval_days.items()
        ]
        return self.annotate(due_at=Case(*allowed, output_field=models.DateTimeField()))


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(risk_scope(user, "plan__risk__"))

    def of_own_roles(self, user: User) -> Self:
        """Without those that the user sees only to decide for somebody absent."""
        return self.filter(risk_scope(user, "plan__risk__", is_own=True))

    def verifiable_by(self, user: User) -> Self:
        """What `can_verify_action` allows, as one condition."""
        answers = user.roles.everywhere(*ANSWERERS)
        ids = user.roles.department_ids(*ANSWERERS)
        theirs = Q() if answers else Q(plan__owner=user) | Q(plan__risk__owner_department__in=ids)
        if user.roles.has(Role.AUDITOR) and not user.roles.has(*OWNERS):
            return self.none()
        return self.filter(theirs, state=ActionState.DONE).exclude(done_by=user)

    def pending(self) -> Self:
        return self.filter(state__in=[ActionState.OPEN, ActionState.DOING])

    def finished(self) -> Self:
        return self.filter(state__in=[ActionState.DONE, ActionState.VERIFIED])


class ResourceQuerySet(models.QuerySet["ResourceLine"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(risk_scope(user, "version__plan__risk__"))


class ReassessmentQuerySet(models.QuerySet["ReassessmentTask"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(risk_scope(user, "risk__"))

    def open(self) -> Self:
        return self.filter(state=ReassessmentState.OPEN)

    def asked_for_only_by(self, user: User) -> Self:
        """Those that wait for changes of this user's alone, not yet live."""
        rows = apps.get_model("assessments", "ChangeRisk")._default_manager
        waiting = rows.filter(
            removed_reason="", waived_reason="", change__state__in=PENDING_CHANGE_STATES
        )
        own, others = (
            waiting.filter(change__requested_by=user),
            waiting.exclude(change__requested_by=user),
        )
        return self.filter(pk__in=own.values("task")).exclude(
            pk__in=others.exclude(task=None).values("task")
        )

    def of_open_risks(self) -> Self:
        """A risk that was put in by mistake and taken back is not judged again."""
        return self.filter(risk__state__in=OPEN_STATES)

    def for_list(self) -> Self:
        """With what a row says of its risk."""
        return self.select_related("risk__owner_department", "risk__owner")
