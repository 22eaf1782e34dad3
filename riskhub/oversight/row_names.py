"""What a row is called whose label is a program's key.

name_rows(Sequence, {"plan": _("Response plans")})
"""

from collections.abc import Mapping

from django.db import models
from django_stubs_ext import StrOrPromise

from riskhub.audit.models import AuditEvent

_names: dict[tuple[type[models.Model] | None, str], StrOrPromise] = {}


def name_rows(model: type[models.Model], names: Mapping[str, StrOrPromise]) -> None:
    _names.update({(model, label): name for label, name in names.items()})


def row_words(model: type[models.Model] | None, label: str) -> str:
    """A key with a year behind its colon has the name of what stands before it, and the year."""
    key, colon, year = label.partition(":")
    if colon and (model, key) in _names:
        return f"{_names[model, key]} {year}"
    return str(_names.get((model, label), label))


def is_unlabelled(event: AuditEvent, model: type[models.Model]) -> bool:
    """It has no label, or only the key by which programs tell it from its like."""
    has_key = any(field.name == "key" for field in model._meta.concrete_fields)
    return event.object_id.isdecimal() and (not event.object_label or has_key)
