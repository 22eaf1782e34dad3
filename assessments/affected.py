"""Which risks a process change touches: those at its steps and under its controls, and what people say."""

from collections.abc import Iterable

from assessments.choices import ChangeOrigin
from assessments.models import ChangeRisk, ProcessChange
from registers.models import Control, NodeRisk, ProcessNode, Risk

Affected = dict[int, str]
"""{key of the risk: by what it was found}."""


def proposed_for(nodes: Iterable[ProcessNode], controls: Iterable[Control]) -> Affected:
    """The open risks at these steps, then those on which these controls act; of every department."""
    pins = NodeRisk.objects.at(nodes).values("risk")
    at_nodes = Risk.objects.open().filter(pk__in=pins)
    under = Risk.objects.open().filter(risk_controls__control__in=list(controls))
    found = dict.fromkeys(under.values_list("pk", flat=True), str(ChangeOrigin.CONTROL))
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
    proposed = proposed_for(change.nodes.all(), change.controls.all())
    found = {pk: origin for pk, origin in kept.items() if pk in opened} | proposed
    return {pk: origin for pk, origin in found.items() if pk not in removed}
