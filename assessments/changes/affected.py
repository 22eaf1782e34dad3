"""Which risks a process change touches: by its steps, controls and suppliers, and what people say."""

from collections.abc import Iterable

from assessments.choices import LIVE_PLAN_STATES, ChangeOrigin
from assessments.models import ChangeRisk, ProcessChange, TransferLink
from registers.models import Control, NodeRisk, ProcessNode, Risk
from registers.models.transfers import Transfer

Affected = dict[int, str]
"""{key of the risk: by what it was found}."""


def proposed_for(
    nodes: Iterable[ProcessNode], controls: Iterable[Control], suppliers: Iterable[Transfer] = ()
) -> Affected:
    """The open risks at these steps, under these controls, or passed on to these suppliers by a plan.

    Only a plan in force counts. Found by several, the first of them is named. Of every department.
    """
    pins = NodeRisk.objects.at(nodes).values("risk")
    at_nodes = Risk.objects.open().filter(pk__in=pins)
    under = Risk.objects.open().filter(risk_controls__control__in=list(controls))
    links = TransferLink.objects.filter(
        supplier__in=list(suppliers), version__in_force_of__state__in=LIVE_PLAN_STATES
    )
    passed_on = Risk.objects.open().filter(pk__in=links.values("version__in_force_of__risk"))
    found = dict.fromkeys(passed_on.values_list("pk", flat=True), str(ChangeOrigin.SUPPLIER))
    found |= dict.fromkeys(under.values_list("pk", flat=True), str(ChangeOrigin.CONTROL))
    return found | dict.fromkeys(at_nodes.values_list("pk", flat=True), str(ChangeOrigin.NODE))


def affected_by(change: ProcessChange) -> Affected:
    """Of a draft what is proposed now, without what was taken off and with what was added by hand."""
    kept = dict(ChangeRisk.objects.filter(change=change).asked().values_list("risk", "origin"))
    if not change.is_draft:
        return kept
    removed = set(
        ChangeRisk.objects.filter(change=change)
        .exclude(removed_reason="")
        .values_list("risk", flat=True)
    )
    opened = set(Risk.objects.open().filter(pk__in=kept).values_list("pk", flat=True))
    proposed = proposed_for(change.nodes.all(), change.controls.all(), change.suppliers.all())
    found = {pk: origin for pk, origin in kept.items() if pk in opened} | proposed
    return {pk: origin for pk, origin in found.items() if pk not in removed}
