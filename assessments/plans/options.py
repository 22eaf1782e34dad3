"""What a plan may refer to, as lists of choices for one user."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.contingency.choices import VersionState
from assessments.models import ContingencyPlan, ProcessChange
from assessments.people import sponsors_for
from assessments.plans.content import PlanContent
from assessments.plans.names import transfer_key, transfer_words, transfers_of
from registers.models import Control, ProcessNode, Risk
from registers.models.transfers import TRANSFERS, Transfer
from registers.querysets import owners_for
from riskhub.accounts.models import User
from riskhub.entry.day_words import day


@dataclass(frozen=True)
class Offered:
    """`people` may own actions; what the plan names already is offered too, whatever became of it."""

    people: QuerySet[User]
    sponsors: QuerySet[User]
    transfers: list[tuple[str, str]]
    contingency: QuerySet[ContingencyPlan]
    nodes: QuerySet[ProcessNode]
    changes: QuerySet[ProcessChange]
    controls: QuerySet[Control]
    residual: Mapping[str, int | None]
    """{axis: the present score}, above which no target lies."""


def offered_to(user: User, risk: Risk, content: PlanContent) -> Offered:
    offered = owners_for(user, [risk.owner_department]).values("pk")
    owners = [action.owner for action in content.actions]
    people = User.objects.filter(Q(pk__in=offered) | Q(pk__in=owners))
    sponsors = User.objects.filter(
        Q(pk__in=sponsors_for(risk).values("pk")) | Q(pk=content.sponsor)
    )
    seen = ContingencyPlan.objects.visible_to(user).filter(versions__state=VersionState.IN_FORCE)
    plans = ContingencyPlan.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk=content.contingency))
    return Offered(
        people=people.order_by("display_name", "pk"),
        sponsors=sponsors.order_by("display_name", "pk"),
        transfers=_transfers(user, content),
        contingency=plans.order_by("number"),
        nodes=ProcessNode.objects.in_order(),
        changes=ProcessChange.objects.filter(
            Q(pk__in=ProcessChange.objects.visible_to(user).open().values("pk"))
            | Q(pk=content.change)
        ).order_by("number"),
        controls=Control.objects.filter(
            Q(pk__in=Control.objects.visible_to(user).in_use().values("pk"))
            | Q(pk__in=[one.control for one in content.actions if one.control])
        ).order_by("number"),
        residual={"probability": risk.residual_probability, "impact": risk.residual_impact},
    )


def _transfers(user: User, content: PlanContent) -> list[tuple[str, str]]:
    """Three queries: what is in force, by kind; then what the plan names besides."""
    today = timezone.localdate()
    offered = {
        transfer_key(one): one
        for model in TRANSFERS.values()
        for one in model._default_manager.visible_to(user).in_force(today).order_by("code")
    }
    missing = transfers_of(set(content.transfers) - offered.keys())
    return list(_labels(offered | missing, today))


def _labels(transfers: dict[str, Transfer], today: date) -> Iterable[tuple[str, str]]:
    for key, one in transfers.items():
        words = transfer_words(one)
        if one.valid_until and one.valid_until < today:
            words = _("%(name)s, expired on %(day)s") % {"name": words, "day": day(one.valid_until)}
        elif one.valid_until:
            words = _("%(name)s, until %(day)s") % {"name": words, "day": day(one.valid_until)}
        yield key, words
