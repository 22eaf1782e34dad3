"""Who may decide on a thing: named on pages ("马文斌 confirms it") and told when it waits."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from assessments.models import Action, Assessment, MatrixScheme, ResponsePlan
from assessments.permissions import involved_in
from assessments.schemes.permissions import involved_in_scheme
from registers.models import Risk
from registers.querysets import onlookers_of
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User

CONFIRMERS = (Role.RISK_MANAGER, Role.APPROVER)


def confirmers_of(assessment: Assessment) -> list[User]:
    """Those with the right for the risk's department, less the assessor."""
    return _covering(
        assessment.risk.owner_department_id, CONFIRMERS, without={assessment.assessor_id}
    )


def deciders_of(plan: ResponsePlan) -> list[User]:
    """The approvers of the risk's department who neither submitted nor wrote what waits.

    With those who stand in for one of them.
    """
    department = plan.risk.owner_department_id
    return _covering(department, (Role.APPROVER,), without=involved_in(plan))


def verifiers_of(action: Action) -> list[User]:
    """The owner of the plan; where that is who did it, those who answer for the risk."""
    plan = action.plan
    if plan.owner_id != action.done_by_id and plan.owner.is_active:
        return [plan.owner]
    keepers = onlookers_of([plan.risk.owner_department], (Role.RISK_MANAGER, Role.DEPARTMENT_HEAD))
    return list(keepers.exclude(pk=action.done_by_id or 0).order_by("display_name", "pk"))


def sponsors_for(risk: Risk) -> QuerySet[User]:
    """Who in management may stand for special measures: those who approve there in their own name."""
    return onlookers_of([risk.owner_department], (Role.APPROVER,))


def deciders_of_scheme(scheme: MatrixScheme) -> list[User]:
    """The approvers of the whole company who wrote nothing of it, and who stands in for one."""
    return _covering(None, (Role.APPROVER,), without=involved_in_scheme(scheme))


def _covering(
    department_id: int | None, roles: tuple[Role, ...], *, without: set[int | None]
) -> list[User]:
    people = User.objects.deciding_by(*roles).order_by("display_name", "pk")
    return [
        user
        for user in people
        if user.pk not in without and user.acts_as(department_id, *roles, but=without) is not None
    ]


def names_of(people: Sequence[User], most: int = 3) -> str:
    """As in: Chen Jing, Ma Wenbin or Li Qiang. Empty for nobody; the rest is a number."""
    names = [str(user) for user in people[:most]]
    if len(people) > most:
        rest = len(people) - most + 1
        names[-1:] = [
            npgettext("people", "%(count)d other", "%(count)d others", rest) % {"count": rest}
        ]
    if len(names) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(names)
    return _("%(names)s or %(last)s") % {
        "names": pgettext("between names", ", ").join(names[:-1]),
        "last": names[-1],
    }
