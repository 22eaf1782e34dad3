"""Steps of the service as the library ships them, and which risks live at them."""

from collections.abc import Iterable, Mapping
from typing import Any

from registers.choices import OriginKind
from registers.models import (
    NodeRisk,
    ProcessMap,
    ProcessNode,
    Risk,
    RiskOrigin,
    ServiceLine,
)
from registers.shipped import shipped
from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting

Place = tuple[str, str]
"""Code of the map, key of the node."""


def load_process_maps(*, by: User | None) -> int:
    """The six starter maps: what is missing is added, what is there stays as it is.

    Risks that were adopted before their step was loaded are pinned to it.
    """
    with acting(by, "library.loaded"):
        made = _load_maps()
        fresh = _load_nodes()
        adopted = RiskOrigin.objects.filter(kind=OriginKind.LIBRARY).select_related("risk")
        _pin([(one.ref_id, one.risk) for one in adopted] if fresh else [], only=fresh)
        return made + len(fresh)


def pin_adopted(risks: Mapping[str, Risk], *, by: User | None) -> None:
    """Pin these risks, by the code of their library entry, to the steps where the library sees them."""
    with acting(by, "node_risk.pinned"):
        _pin(risks.items())


def carry_pins(merged: Risk, survivor: Risk, *, by: User) -> None:
    """The survivor lives where the merged risk did, too."""
    with acting(by, "node_risk.pinned"):
        pins = NodeRisk.objects.filter(risk=merged)
        NodeRisk.objects.bulk_create(
            [NodeRisk(map_id=one.map_id, node_key=one.node_key, risk=survivor) for one in pins],
            ignore_conflicts=True,
        )


def _load_maps() -> int:
    present = set(ProcessMap.objects.values_list("code", flat=True))
    lines = {line.code: line for line in ServiceLine.objects.all()}
    departments = {one.code: one for one in Department.objects.all()}
    rows = [
        ProcessMap(
            code=body["code"], order=order, service_line=lines.get(body["service_line"]),
            department=departments.get(body["owner"]), **_names(body),
        )
        for order, body in enumerate(_bodies())
        if body["code"] not in present
    ]  # fmt: skip
    return len(ProcessMap.objects.bulk_create(rows))


def _load_nodes() -> set[Place]:
    present = set(ProcessNode.objects.values_list("map__code", "key"))
    maps = {one.code: one for one in ProcessMap.objects.all()}
    departments = {one.code: one for one in Department.objects.all()}
    rows = [
        ProcessNode(
            map=maps[body["code"]], key=node["id"], order=order,
            department=departments.get(node["dept"]), is_support=node.get("support", False),
            input_zh=node["input"]["zh"], input_en=node["input"]["en"],
            output_zh=node["output"]["zh"], output_en=node["output"]["en"], **_names(node),
        )
        for body in _bodies()
        for order, node in enumerate(body["nodes"])
        if (body["code"], node["id"]) not in present
    ]  # fmt: skip
    return {(row.map.code, row.key) for row in ProcessNode.objects.bulk_create(rows)}


def _names(body: Mapping[str, Any]) -> dict[str, str]:
    return {"name_zh": body["name"]["zh"], "name_en": body["name"]["en"]}


def _pin(pairs: Iterable[tuple[str, Risk]], only: set[Place] | None = None) -> None:
    """To the steps that the company has; `only` these where given."""
    pairs = list(pairs)
    if not pairs:
        return
    maps = {one.code: one for one in ProcessMap.objects.all()}
    present = set(ProcessNode.objects.values_list("map__code", "key")) if only is None else only
    rows = [
        NodeRisk(map=maps[code], node_key=key, risk=risk)
        for entry, risk in pairs
        for code, key in _places_of(entry)
        if (code, key) in present
    ]
    NodeRisk.objects.bulk_create(rows, ignore_conflicts=True)


def _places_of(entry: str) -> list[Place]:
    return [
        (body["code"], node["id"])
        for body in _bodies()
        for node in body["nodes"]
        if entry in node["risks"]
    ]


def _bodies() -> list[dict[str, Any]]:
    bodies: list[dict[str, Any]] = shipped("process_maps")["maps"]
    return bodies
