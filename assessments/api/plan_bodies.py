"""A response plan as JSON: its newest wording, what is in force, and how the actions stand."""

import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from assessments.api.assessment_bodies import PairIn, visible_risks
from assessments.plan_content import LENGTHS, PlanContent, PlannedAction
from registers.choices import PlanState, Strategy
from registers.querysets import people_of
from riskhub.entry.days import PLANNED
from riskhub.web.api.fields import Body, Chosen, Day, Line, OneOf, Prose

TEXTS = ("objective", "avoid_what", "transfer_to", "transfer_by", "accept_reason")


class PlannedActionIn(Body):
    key = Line(
        max_length=36,
        required=False,
        help_text="Which action this is, in all versions. Left out: a new one.",
    )
    title = Line(max_length=LENGTHS["title"])
    owner = Chosen(people_of, by="username")
    due_on = Day(span=PLANNED)


class PlanContentIn(Body):
    """PUT replaces the whole wording: what is left out is empty afterwards."""

    strategy = OneOf(Strategy.choices)
    objective = Prose(max_length=LENGTHS["objective"], default="", allow_blank=True)
    target = PairIn(required=False, allow_null=True)
    avoid_what = Line(max_length=LENGTHS["avoid_what"], default="", allow_blank=True)
    transfer_to = Line(max_length=LENGTHS["transfer_to"], default="", allow_blank=True)
    transfer_by = Line(max_length=LENGTHS["transfer_by"], default="", allow_blank=True)
    accept_reason = Prose(max_length=LENGTHS["accept_reason"], default="", allow_blank=True)
    accept_until = Day(span=PLANNED, required=False, allow_null=True)
    actions = serializers.ListField(child=PlannedActionIn(), default=list, max_length=200)

    default_error_messages = {"twice": _("Two actions have the same key.")}

    def validate_actions(self, actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
        keys = [action["key"] for action in actions if "key" in action]
        if len(keys) != len(set(keys)):
            self.fail("twice")
        return actions

    def content(self) -> PlanContent:
        sent = self.validated_data
        target, until = sent.get("target"), sent.get("accept_until")
        return PlanContent(
            strategy=sent["strategy"],
            target=(target["probability"], target["impact"]) if target else None,
            accept_until=until.isoformat() if until else "",
            actions=tuple(_planned(action) for action in sent["actions"]),
            **{name: sent[name] for name in TEXTS},
        )


def _planned(action: dict[str, Any]) -> PlannedAction:
    return PlannedAction(
        key=action.get("key") or str(uuid.uuid4()),
        title=action["title"],
        owner=action["owner"].pk,
        due_on=action["due_on"].isoformat(),
    )


class PlanCreate(PlanContentIn):
    risk = Chosen(visible_risks)
    owner = Chosen(people_of, by="username", required=False, allow_null=True)


class DecisionIn(Body):
    content_hash = serializers.RegexField(
        r"^[0-9a-f]{64}$",
        error_messages={"invalid": _("Send head.content_hash as it was read: 64 characters.")},
        help_text="Of the version that was read: head.content_hash.",
    )
    comment = Prose(default="", allow_blank=True)


class PlanQuery(serializers.Serializer[Any]):
    risk = Chosen(visible_risks, required=False, help_text="Code of the risk")
    state = OneOf(PlanState.choices, required=False)
