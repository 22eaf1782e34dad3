"""Plans that name what does not hold any more, or are carried out without having arrived."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.choices import ChangeState
from assessments.models import ContingencyPlan, PlanVersion, ResponsePlan
from assessments.plans.content import PlanContent
from assessments.plans.names import Names, transfer_words
from assessments.plans.outgrown import lack_words, lacks_of
from assessments.plans.targets import short_of_target
from assessments.schemes.in_force import appetite_today
from registers.choices import PlanState, Strategy
from riskhub.entry.day_words import day


@dataclass(frozen=True)
class Attention:
    """`key` as the API names it: policy:P-1, contingency:CP-03, change:PC-012, acceptance, target.

    Of what the level asks for by now: approval, special_measures, sponsor, contingency.
    """

    key: str
    words: str


def attention_of(plans: Iterable[ResponsePlan]) -> dict[int, list[Attention]]:
    """By the keys of the living plans that need it; reads `head`, `in_force` and the risk.

    One query for each kind of record that is named at all, however many plans.
    """
    living = [plan for plan in plans if plan.is_live]
    shown = {plan.pk: plan.in_force or plan.head for plan in living}
    contents = {pk: PlanContent.parse(one.content) for pk, one in shown.items() if one}
    names = Names.of(contents.values(), people=False)
    ready = _in_force(names.contingency) if names.contingency else set()
    today = timezone.localdate()
    found = {
        pk: [
            *_acceptance(shown[pk], content, today),
            *_transfers(content, names),
            *_contingency(content, names, ready),
            *_change(content, names),
        ]
        for pk, content in contents.items()
    }
    appetite = appetite_today() if any(plan.in_force for plan in living) else None
    for plan in living:
        found[plan.pk] += (
            Attention(lack, lack_words(lack, plan.risk)) for lack in lacks_of(plan, appetite)
        )
        if plan.state == PlanState.COMPLETED:
            short = short_of_target(plan, appetite)
            found[plan.pk] += (Attention("target", words) for words in short)
    return {pk: marks for pk, marks in found.items() if marks}


def _in_force(plans: Mapping[int, ContingencyPlan]) -> set[int]:
    return set(ContingencyPlan.objects.in_force().filter(pk__in=plans).values_list("pk", flat=True))


def _acceptance(
    version: PlanVersion | None, content: PlanContent, today: date
) -> Iterable[Attention]:
    """Of what was submitted: in a draft the day can still be changed."""
    until = version.accept_until if version else None
    if content.strategy == Strategy.ACCEPT and until and until < today:
        yield Attention("acceptance", _("Accepted until %(day)s only.") % {"day": day(until)})


def _transfers(content: PlanContent, names: Names) -> Iterable[Attention]:
    if content.strategy != Strategy.TRANSFER:
        return
    for key in content.transfers:
        record = names.transfers.get(key)
        if record and not record.is_in_force:
            words = _("It does not hold any more: %(name)s.") % {"name": transfer_words(record)}
            yield Attention(record.key, words)


def _contingency(content: PlanContent, names: Names, ready: set[int]) -> Iterable[Attention]:
    plan = names.contingency.get(content.contingency or 0)
    if plan and plan.pk not in ready:
        words = _("Contingency plan %(name)s is not in force.") % {"name": plan}
        yield Attention(f"contingency:{plan.code}", words)


def _change(content: PlanContent, names: Names) -> Iterable[Attention]:
    change = names.changes.get(content.change or 0)
    if change and change.state == ChangeState.CANCELLED:
        words = _("Process change %(name)s is cancelled.") % {"name": change}
        yield Attention(f"change:{change.code}", words)
