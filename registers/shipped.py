"""The starter content as it ships with this version."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from registers.models import RiskArea, RiskCategory, RiskSource, ServiceLine
from registers.models.taxonomy import Term

LISTS: dict[type[Term], str] = {
    RiskCategory: "risk_categories",
    RiskArea: "risk_areas",
    RiskSource: "sources",
    ServiceLine: "service_lines",
}


@cache
def shipped(name: str) -> dict[str, Any]:
    """One file of `library/`."""
    return yaml.safe_load((files("registers") / "library" / f"{name}.yaml").read_text("utf-8"))  # type: ignore[no-any-return]


def shipped_codes(model: type[Term]) -> set[str]:
    """Of the entries that this version brings along; deleted, they would come back with the next."""
    return {entry["code"] for entry in shipped("taxonomy")[LISTS[model]]}
