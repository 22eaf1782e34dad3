"""Load the starter content by code: taxonomy, risks, controls; never over what the company changed."""

from typing import Any

from django.db import models

from registers.models import (
    LibraryControl,
    LibraryRisk,
)
from registers.models.library import LibraryEntry
from registers.shipped import LISTS, shipped
from riskhub.accounts.models import Department, User
from riskhub.accounts.services import create_department
from riskhub.audit.context import acting


def load_taxonomy(*, by: User | None) -> int:
    """Categories, areas, sources, service lines; departments only where there are none."""
    with acting(by, "library.loaded"):
        data = shipped("taxonomy")
        made = sum(_add_terms(model, data[name]) for model, name in LISTS.items())
        if not Department.objects.exists():
            for entry in data["departments"]:
                create_department(
                    by=by, code=entry["code"], name_zh=entry["name"]["zh"],
                    name_en=entry["name"]["en"], kind=entry["role"],
                )  # fmt: skip
                made += 1
        return made


def load_library_risks(*, by: User | None) -> int:
    """The 48 starter risks as shipped; a newer edition replaces the older text, adopted copies stay."""
    with acting(by, "library.loaded"):
        return load_entries(LibraryRisk, shipped("risks")["risks"], by=by)


def load_library_controls(*, by: User | None) -> int:
    """The 55 starter controls, in the same way."""
    with acting(by, "library.loaded"):
        return load_entries(LibraryControl, shipped("controls")["controls"], by=by)


def load_entries(
    model: type[LibraryEntry], bodies: list[dict[str, Any]], *, by: User | None
) -> int:
    """How many are new; one that reads otherwise now is brought up to date."""
    with acting(by, "library.loaded"):
        made, rows = 0, model._default_manager
        for order, body in enumerate(bodies):
            entry, is_new = rows.get_or_create(
                code=body["code"], defaults={"order": order, "body": body}
            )
            made += is_new
            if not is_new and entry.body != body:
                entry.body, entry.order = body, order
                entry.save(update_fields=["body", "order"])
        return made


def _add_terms(model: type[models.Model], entries: list[dict[str, Any]]) -> int:
    present = set(model._default_manager.values_list("code", flat=True))
    extra = {"group", "importance"}
    rows = [
        model(
            code=entry["code"],
            name_zh=entry["name"]["zh"],
            name_en=entry["name"]["en"],
            order=order,
            **{key: entry[key] for key in extra & entry.keys()},
            **_help(entry),
        )
        for order, entry in enumerate(entries)
        if entry["code"] not in present
    ]
    model._default_manager.bulk_create(rows)
    return len(rows)


def _help(entry: dict[str, Any]) -> dict[str, str]:
    text = entry.get("help")
    return {"help_zh": text["zh"], "help_en": text["en"]} if text else {}
