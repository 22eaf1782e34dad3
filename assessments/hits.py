"""What of this package the command bar finds: response plans and their actions."""

import re

from django.db.models import Q, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy

from assessments.choices import LIVE_PLAN_STATES, OPEN_CHANGE_STATES, SchemeState
from assessments.models import Action, MatrixScheme, ProcessChange, ResponsePlan
from assessments.permissions import can_import_register
from assessments.schemes.permissions import can_read_schemes
from registers.querysets import number_typed
from riskhub.accounts.models import User
from riskhub.entry.day_words import day
from riskhub.search.codes import of_code
from riskhub.search.functions import SearchVector
from riskhub.search.registry import Hit, Page, Provider, register_page, register_provider

_MATRIX = ("risk matrix", "matrix", "风险矩阵", "矩阵")
_SCHEME = re.compile(r"m-?([0-9]{1,6})", re.IGNORECASE)


def register_hits() -> None:
    names = Concat("title", Value(" "), "title_alt", output_field=TextField())
    register_provider(
        Provider(
            key="plans", title=gettext_lazy("Response plans"), order=20, model=ResponsePlan,
            conditions=plan_conditions, hit=plan_hit, ordering=("-number",), related=("risk", "owner"),
        )
    )  # fmt: skip
    register_provider(
        Provider(
            key="actions", title=gettext_lazy("Actions"), order=30, model=Action,
            conditions=lambda text: [Q(words__holds=text)], hit=action_hit, ordering=("due_on", "pk"),
            aliases={"words": SearchVector("title")}, related=("plan", "owner"),
        )
    )  # fmt: skip
    register_provider(
        Provider(
            key="changes", title=gettext_lazy("Process changes"), order=35, model=ProcessChange,
            conditions=change_conditions, hit=change_hit, ordering=("-number",),
            aliases={"words": SearchVector(names)}, related=("department",),
        )
    )  # fmt: skip
    register_provider(
        Provider(
            key="schemes", title=gettext_lazy("Risk matrix"), order=36, model=MatrixScheme,
            conditions=scheme_conditions, hit=scheme_hit, ordering=("-number",),
        )
    )  # fmt: skip
    register_page(
        Page(
            "assessments:import_create", gettext_lazy("Import a file"), can_import_register,
            icon="arrow-down-on-square",
        )
    )  # fmt: skip


def plan_conditions(text: str) -> list[Q]:
    """By its own number or that of its risk, then by the words of the risk, those at work first."""
    number, words = number_typed(text), Q(risk__search__holds=text)
    live = Q(state__in=LIVE_PLAN_STATES)
    of_number = [Q(risk__number=number)] if number else []
    return [*of_code(text, "RP"), *of_number, words & live, words & ~live]


def plan_hit(_user: User, plan: ResponsePlan) -> Hit:
    url = reverse("assessments:plan_detail", args=[plan.code])
    meta = [str(plan.get_state_display()), str(plan.owner)]
    return Hit(str(plan.risk), url, code=plan.code, meta=meta, icon="shield-check")


def action_hit(_user: User, action: Action) -> Hit:
    url = reverse("assessments:plan_detail", args=[action.plan.code])
    meta = [str(action.get_state_display()), day(action.due_on), str(action.owner)]
    return Hit(action.title, url, code=action.plan.code, meta=meta, icon="check-circle")


def change_conditions(text: str) -> list[Q]:
    """By its code, then by the words of its name, those that are not over first."""
    words, is_open = Q(words__holds=text), Q(state__in=OPEN_CHANGE_STATES)
    return [*of_code(text, "CH"), words & is_open, words & ~is_open]


def change_hit(_user: User, change: ProcessChange) -> Hit:
    meta = [str(change.get_state_display()), change.department.name, day(change.planned_on)]
    url = change.get_absolute_url()
    return Hit(change.name, url, code=change.code, meta=meta, icon="arrows-right-left")


def scheme_conditions(text: str) -> list[Q]:
    """By its number, M2; then the one in force, by its name or as the risk matrix; what is over last."""
    number = _SCHEME.fullmatch(text)
    named = Q(name_zh__icontains=text) | Q(name_en__icontains=text)
    is_any = any(word.startswith(text.casefold()) for word in _MATRIX)
    is_over = Q(state__in=(SchemeState.RETIRED, SchemeState.DISCARDED))
    in_force = Q(state=SchemeState.IN_FORCE)
    of_number = [Q(number=int(number[1]))] if number else []
    return [*of_number, in_force if is_any else in_force & named, named & ~is_over, named & is_over]


def scheme_hit(user: User, scheme: MatrixScheme) -> Hit | None:
    """Everybody reads of an edition; its page is for those who write it or decide on it."""
    if not can_read_schemes(user):
        return None
    url = reverse("assessments:scheme_detail", args=[scheme.number])
    meta = [str(scheme.get_state_display())]
    return Hit(scheme.name, url, code=scheme.code, meta=meta, icon="table-cells")
