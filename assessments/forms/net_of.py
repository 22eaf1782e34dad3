"""The policy on the form: which one pays for part of the loss, and by how much that lowers the impact."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from assessments.effects import MOST_STEPS, NetOf
from assessments.forms.counting import lowered_steps
from assessments.models import Assessment
from registers.models.transfers import Transfer
from riskhub.entry.day_words import day

NAMES = ("net_of_policy", "policy_impact")


def net_of_fields(policies: Sequence[Transfer]) -> dict[str, forms.Field]:
    """Of the policies in force; none where there is none."""
    if not policies:
        return {}
    choices = [("", _("none")), *((one.pk, _words(one)) for one in policies)]
    return {
        "net_of_policy": forms.TypedChoiceField(
            label=_("Policy in force"), choices=choices, coerce=int, empty_value=None, required=False
        ),
        "policy_impact": forms.TypedChoiceField(
            label=_("It lowers the impact by"), choices=lowered_steps(), coerce=int, empty_value=None,
            required=False,
        ),
    }  # fmt: skip


def net_of_in(data: Mapping[str, Any]) -> NetOf | None:
    """Of a valid form; a policy that lowers nothing is not counted."""
    policy, impact = (data.get(name) for name in NAMES)
    return NetOf(policy, impact) if policy and impact else None


def net_of_chosen(form: forms.BaseForm) -> NetOf | None:
    """As it is chosen now, on a form that need not be valid."""
    if NAMES[0] not in form.fields:
        return None
    policy, impact = (str(form[name].value() or "") for name in NAMES)
    offered: Any = form.fields[NAMES[0]]
    known = {str(key) for key, _name in offered.choices}
    steps = {str(step): step for step in range(1, MOST_STEPS + 1)}
    return NetOf(int(policy), steps[impact]) if policy in known - {""} and impact in steps else None


def net_of_fault(data: Mapping[str, Any]) -> tuple[str, str] | None:
    """One of the two without the other: at which field, and what to do."""
    policy, impact = (data.get(name) for name in NAMES)
    if policy and not impact:
        return NAMES[1], _("Say by how many steps it lowers the impact, or choose no policy.")
    if impact and not policy:
        return NAMES[0], _("Choose the policy that lowers the impact.")
    return None


def net_of_former(start: Assessment | None, policies: Sequence[Transfer]) -> dict[str, Any]:
    """As last time, while that policy is in force."""
    if start is None or start.net_of_policy_id not in {one.pk for one in policies}:
        return {}
    return {"net_of_policy": start.net_of_policy_id, "policy_impact": start.policy_impact}


def _words(policy: Transfer) -> str:
    if policy.valid_until is None:
        return f"{policy.code} {policy.name}"
    return _("%(code)s %(name)s, until %(day)s") % {
        "code": policy.code, "name": policy.name, "day": day(policy.valid_until),
    }  # fmt: skip
