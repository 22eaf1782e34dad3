"""What the command bar finds of contingency plans and their drills: by the plan's code, then by its name."""

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from assessments.contingency.permissions import can_create_contingency
from assessments.contingency.querysets import named_or_begun_by
from assessments.models import ContingencyPlan, Drill
from riskhub.accounts.models import User
from riskhub.entry.day_words import day
from riskhub.search.codes import of_code
from riskhub.search.registry import Hit, Page, Provider, register_page, register_provider


def register_contingency_hits() -> None:
    register_provider(
        Provider(
            key="contingency", title=_("Contingency plans"), order=32, model=ContingencyPlan,
            conditions=_named_or_begun, hit=contingency_hit, ordering=("number",),
            related=("owner_department",),
            every=lambda text: f"{reverse('assessments:contingency_list')}?{urlencode({'q': text})}",
        )
    )  # fmt: skip
    register_provider(
        Provider(
            key="drills", title=_("Drills"), order=33, model=Drill,
            conditions=lambda text: _named(text, "plan__"), hit=drill_hit,
            ordering=("-scheduled_on", "-pk"), related=("plan",),
        )
    )  # fmt: skip
    register_page(
        Page(
            "assessments:contingency_create", _("Write a contingency plan"), can_create_contingency,
            icon="fire",
        )
    )  # fmt: skip
    register_page(
        Page("assessments:card_list", _("Emergency cards"), lambda _user: True, icon="phone")
    )


def contingency_hit(_user: User, plan: ContingencyPlan) -> Hit:
    meta = [plan.owner_department.name]
    return Hit(plan.name, plan.get_absolute_url(), code=plan.code, meta=meta, icon="fire")


def drill_hit(_user: User, drill: Drill) -> Hit:
    meta = [str(drill.get_state_display()), day(drill.day)]
    return Hit(
        drill.plan.name, drill.get_absolute_url(), code=drill.plan.code, meta=meta, icon="fire"
    )


def _named(text: str, prefix: str = "") -> list[Q]:
    words = Q()
    for word in text.split():
        in_either = {f"{prefix}name_{language}__icontains": word for language in ("zh", "en")}
        words &= Q(**in_either, _connector=Q.OR)
    return [*of_code(text, "CP", prefix), words]


def _named_or_begun(text: str) -> list[Q]:
    """At the end by what begins it: "gas" finds what people do when it smells of gas."""
    told = Q()
    for word in text.split():
        told &= named_or_begun_by(word)
    return [*_named(text), told]
