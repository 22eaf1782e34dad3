"""Load the categories of complaints and incidents, and what the law may ask for."""

from importlib.resources import files
from typing import Any

import yaml

from incidents.models import ComplaintCategory, IncidentKind, Severity, StatutoryRule
from riskhub.accounts.models import User
from riskhub.audit.context import acting


def load_categories(*, by: User | None) -> int:
    """Severities, kinds of complaint and incident, reminders: by code; returns how many are new."""
    with acting(by, "library.loaded"):
        text = (files("incidents") / "library" / "complaints.yaml").read_text("utf-8")
        data: dict[str, Any] = yaml.safe_load(text)
        made = sum(_severity(entry) for entry in data["severities"])
        for order, group in enumerate(data["categories"]):
            parent, is_new = _category(group, order * 100, None, group["severity"])
            made += is_new
            for place, child in enumerate(group["children"], start=1):
                _kind, is_new = _category(child, order * 100 + place, parent, group["severity"])
                made += is_new
        for order, kind in enumerate(data["incident_kinds"]):
            _row, is_new = IncidentKind.objects.get_or_create(
                code=kind["code"],
                defaults={
                    "name_zh": kind["name"]["zh"], "name_en": kind["name"]["en"], "order": order,
                },
            )  # fmt: skip
            made += is_new
        return made + sum(_rule(*each) for each in enumerate(data["statutory_clocks"]))


def _severity(entry: dict[str, Any]) -> bool:
    _row, is_new = Severity.objects.get_or_create(
        code=entry["code"],
        defaults={
            "name_zh": entry["name"]["zh"], "name_en": entry["name"]["en"],
            "when_zh": entry["when"]["zh"], "when_en": entry["when"]["en"],
            "clock": entry["clock"], **{step: entry[step] for step in Severity.steps},
        },
    )  # fmt: skip
    return is_new


def _rule(order: int, entry: dict[str, Any]) -> bool:
    """Off: the library knows the law of one day and one country."""
    texts = {"name": entry["when"], "from": entry["from"], "basis": entry["basis"]}
    _row, is_new = StatutoryRule.objects.get_or_create(
        code=entry["code"],
        defaults={
            **{f"{name}_{one}": text[one] for name, text in texts.items() for one in text},
            "hours": entry["hours"], "begins": entry["begins"], "order": order,
            "kinds": entry.get("kinds", []), "hurt": entry.get("hurt", []),
        },
    )  # fmt: skip
    return is_new


def _category(
    entry: dict[str, Any], order: int, parent: ComplaintCategory | None, severity: str
) -> tuple[ComplaintCategory, bool]:
    return ComplaintCategory.objects.get_or_create(
        code=entry["code"],
        defaults={
            "parent": parent,
            "name_zh": entry["name"]["zh"],
            "name_en": entry["name"]["en"],
            "severity_id": entry.get("severity", severity),
            "order": order,
            "default_risks": entry.get("risks", []),
            "offers": entry.get("offers", []),
        },
    )
