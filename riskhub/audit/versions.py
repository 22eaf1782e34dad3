"""Two editors, one row: the second save of a stale copy is refused, never merged silently."""

from typing import Any, TypeVar

from django.db import models

Model = TypeVar("Model", bound=models.Model)


class StaleVersion(Exception):  # noqa: N818 - reads as what it says
    """Somebody saved in between; `current` is what is stored now."""

    def __init__(self, current: models.Model) -> None:
        self.current = current
        super().__init__(f"{current._meta.model_name} {current.pk} was changed meanwhile")


def lock_row(obj: Model) -> Model:
    """The stored row, locked until the transaction ends."""
    return type(obj)._base_manager.select_for_update().get(pk=obj.pk)


def lock_version(obj: Model, version: int | None) -> Model:
    """The stored row, locked, if it still has this `row_version` (None: whatever it has)."""
    stored = lock_row(obj)
    if version is not None and stored.row_version != version:  # type: ignore[attr-defined]
        raise StaleVersion(stored)
    return stored


def save_fields(obj: Model, **fields: Any) -> Model:  # noqa: ANN401 - any model field
    """Write just these fields of a locked row and count its version up."""
    for name, value in fields.items():
        setattr(obj, name, value)
    names = list(fields)
    if hasattr(obj, "row_version"):
        obj.row_version += 1
        names.append("row_version")
    obj.save(update_fields=names)
    return obj
