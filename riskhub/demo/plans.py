"""Steps of the story about response plans: written, submitted, decided, carried out."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from assessments.models import Action, LibraryContingencyPlan
from assessments.plans.content import PlanContent, PlannedAction, PlannedResource
from assessments.plans.grants import Grant
from assessments.plans.names import transfer_key
from assessments.services import (
    create_plan,
    decide_plan,
    finish_action,
    put_in_force,
    record_spending,
    submit_plan,
)
from assessments.services.contingency_library import (
    adopt_contingency_plans,
    adopted_contingency_plans,
)
from registers.models import ProcessNode
from registers.models.transfers import TRANSFERS
from riskhub.accounts.models import User
from riskhub.demo.company import Company
from riskhub.demo.steps import Step

Entry = dict[str, Any]
_TEXTS = (
    "strategy", "objective", "avoid_what", "transfer_to", "transfer_by", "accept_reason",
    "special_measures", "transfer_stays", "transfer_share",
)  # fmt: skip


def answer(company: Company, entry: Entry) -> list[Step]:
    """A plan, from its draft as far as the story takes it."""
    key, author = entry["risk"], company.users[entry["by"]]

    def write() -> None:
        content = _content(company, entry)
        company.plans[key] = create_plan(company.risk(key), by=author, content=content)

    def submit() -> None:
        company.plans[key] = submit_plan(company.plans[key], by=author)

    def decide() -> None:
        plan, said = company.plans[key], entry["decide"]
        plan.refresh_from_db()
        decide_plan(
            plan, by=company.users[said["by"]], decision=said["decision"],
            content_hash=plan.head.content_hash if plan.head else "",
            comment=said.get("comment", ""), grants=_grants(entry),
        )  # fmt: skip

    steps = [Step(company.timeline.at(entry["at"]), write)]
    if "submit" in entry:
        steps.append(Step(company.timeline.at(entry["submit"]), submit))
    if "decide" in entry:
        steps.append(Step(company.timeline.at(entry["decide"]["at"]), decide))
    for number, action in enumerate(entry.get("actions", []), start=1):
        if "done" in action:
            steps.append(_finish(company, key, f"a{number}", action))
    steps += [_spend(company, key, author, spent) for spent in entry.get("spent", [])]
    return steps


def _grants(entry: Entry) -> dict[str, Grant]:
    lines = enumerate(entry.get("resources", []), start=1)
    return {f"r{n}": Grant(Decimal(one["granted"])) for n, one in lines if "granted" in one}


def _spend(company: Company, key: str, author: User, entry: Entry) -> Step:
    def run() -> None:
        record_spending(
            company.plans[key], by=author, key=f"r{entry['line']}", note=entry["note"],
            amount=Decimal(entry["amount"]), client_uuid=uuid4(), spent_on=timezone.localdate(),
        )  # fmt: skip

    return Step(company.timeline.at(entry["at"]), run)


def _finish(company: Company, key: str, action_key: str, entry: Entry) -> Step:
    def run() -> None:
        action = Action.objects.get(plan=company.plans[key], key=action_key)
        finish_action(action, by=company.users[entry["owner"]], note=entry["note"])

    return Step(company.timeline.at(entry["done"]), run)


def _content(company: Company, entry: Entry) -> PlanContent:
    texts = {name: entry[name] for name in _TEXTS if name in entry}
    until = entry.get("accept_until")
    return PlanContent(
        **texts,
        target=tuple(entry["target"]) if "target" in entry else None,
        accept_until=company.timeline.day(until) if until else "",
        avoid_node=_node(entry["avoid_node"]) if "avoid_node" in entry else None,
        transfers=tuple(_transfer(key) for key in entry.get("transfers", [])),
        contingency=_contingency(company, entry["contingency"]) if "contingency" in entry else None,
        sponsor=company.users[entry["sponsor"]].pk if "sponsor" in entry else None,
        resources=tuple(
            PlannedResource(
                f"r{number}", one["kind"], one["what"], str(one["amount"]), one.get("unit", "")
            )
            for number, one in enumerate(entry.get("resources", []), start=1)
        ),
        actions=tuple(
            PlannedAction(
                f"a{number}",
                action["title"],
                company.users[action["owner"]].pk,
                company.timeline.day(action["due"]),
            )
            for number, action in enumerate(entry.get("actions", []), start=1)
        ),
    )


def _node(name: str) -> int:
    code, _slash, key = name.partition("/")
    return ProcessNode.objects.get(map__code=code, key=key).pk


def _transfer(name: str) -> str:
    kind, _colon, code = name.partition(":")
    return transfer_key(TRANSFERS[kind]._default_manager.get(code=code))


def _contingency(company: Company, code: str) -> int:
    """As the library has it, in force."""
    keeper = company.users["risk.manager"]
    entry = LibraryContingencyPlan.objects.filter(code=code)
    assert keeper.department  # noqa: S101 - the story gives everybody one
    adopt_contingency_plans(entry, by=keeper, department=keeper.department)
    plan = adopted_contingency_plans([code])[code]
    if plan.in_force is None:
        put_in_force(plan, by=keeper)
    return plan.pk
