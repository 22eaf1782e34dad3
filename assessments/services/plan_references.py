"""What a plan refers to: records to which it passes the risk on, a contingency plan, a process step."""

from django.utils.translation import gettext as _

from assessments.choices import ChangeState
from assessments.models import ContingencyPlan, PlanVersion, ProcessChange, TransferLink
from assessments.plans.content import PlanContent
from assessments.plans.names import Names, transfer_words, transfers_of
from registers.choices import Strategy
from registers.models.transfers import Transfer
from riskhub.accounts.models import User
from riskhub.audit.context import acting


def unknown_references(content: PlanContent) -> dict[str, str]:
    """{field: sentence} for what does not exist; a draft may name what is not in force."""
    names, faults = Names.of([content]), {}
    if any(key not in names.transfers for key in content.transfers):
        faults["transfers"] = _("One of these records does not exist. Choose again.")
    if content.contingency and content.contingency not in names.contingency:
        faults["contingency"] = _("This contingency plan does not exist. Choose again.")
    if content.avoid_node and content.avoid_node not in names.nodes:
        faults["avoid_node"] = _("This step does not exist. Choose again.")
    if content.change and content.change not in names.changes:
        faults["change"] = _("This process change does not exist. Choose again.")
    for number, action in enumerate(content.actions):
        if action.control and action.control not in names.controls:
            faults[f"actions.{number}.control"] = _("This control does not exist. Choose again.")
    return faults


def reference_faults(content: PlanContent) -> dict[str, str]:
    """{field: sentence} for what does not hold today."""
    faults = {}
    if content.strategy == Strategy.TRANSFER:
        over = [one for one in transfers_of(content.transfers).values() if not one.is_in_force]
        if over:
            words = _("%(name)s is not in force any more. Prolong it or choose another one.")
            faults["transfers"] = words % {"name": transfer_words(over[0])}
    if content.contingency:
        plan = ContingencyPlan.objects.filter(pk=content.contingency).first()
        if plan is None or plan.in_force is None:
            faults["contingency"] = _(
                "This contingency plan is not in force. Put it in force first."
            )
    if content.strategy == Strategy.AVOID and content.change:
        change = ProcessChange.objects.get(pk=content.change)
        if change.state == ChangeState.CANCELLED:
            words = _("%(name)s is cancelled. Choose another change or a step.")
            faults["change"] = words % {"name": change}
    return faults


def link_transfers(version: PlanVersion, content: PlanContent, *, by: User) -> None:
    """As rows, by which one finds the plans of a policy."""
    with acting(by, "plan.submitted"):
        found = transfers_of(content.transfers)
        TransferLink.objects.bulk_create(_link(version, found[key]) for key in content.transfers)


def _link(version: PlanVersion, transfer: Transfer) -> TransferLink:
    link = TransferLink(version=version)
    setattr(link, f"{transfer.kind}_id", transfer.pk)
    return link
