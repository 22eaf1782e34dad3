"""The one place that changes a state."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol

from django.db import models
from django.utils.translation import gettext as _

from riskhub.audit.versions import Model, lock_row, save_fields


class Stateful(Protocol):
    """A model whose `state` moves by the table `next_states`."""

    next_states: ClassVar[Mapping[str, frozenset[str]]]
    state: Any
    pk: Any


class WrongState(Exception):  # noqa: N818 - reads as what it says
    """The step is not in the table: the message says which state the object is in."""

    def __init__(self, obj: models.Model, to: str) -> None:
        self.object, self.to = obj, to
        words = dict(obj._meta.get_field("state").flatchoices)  # type: ignore[union-attr]  # a field with choices
        state: str = obj.state  # type: ignore[attr-defined]  # Stateful
        said = _("This is already “%(state)s”, so it cannot become “%(to)s”.")
        if state == to:
            said = _("This is already “%(state)s”.")
        super().__init__(said % {"state": words.get(state, state), "to": words.get(to, to)})


def can_move(obj: Stateful, to: str) -> bool:
    """Whether the table allows the step; buttons ask this, `move` enforces it."""
    return to in obj.next_states[obj.state]


def move(obj: Model, to: str, **fields: Any) -> Model:  # noqa: ANN401 - any model field
    """Lock the row, check the table, write state and fields; the audit event comes by trigger.

    Call it inside `acting`. The given object is brought up to date and returned.
    """
    stored = lock_row(obj)
    if not can_move(stored, to):  # type: ignore[arg-type]
        raise WrongState(stored, to)
    save_fields(stored, state=to, **fields)
    for field in stored._meta.concrete_fields:
        setattr(obj, field.attname, getattr(stored, field.attname))
    return obj


def move_all(objs: Sequence[Model], to: str, **fields: Any) -> None:  # noqa: ANN401 - any model field
    """`move` for many rows of one model in two queries: all of them or, at the first refusal, none.

    Rows are locked in the order of their keys; the given objects are brought up to date.
    """
    if not objs:
        return
    rows = type(objs[0])._base_manager
    given = {obj.pk: obj for obj in objs}
    for stored in rows.select_for_update().filter(pk__in=given).order_by("pk"):
        if not can_move(stored, to):  # type: ignore[arg-type]
            raise WrongState(stored, to)
        for name, value in {"state": to, **fields}.items():
            setattr(given[stored.pk], name, value)
        if hasattr(stored, "row_version"):
            given[stored.pk].row_version = stored.row_version + 1  # type: ignore[attr-defined]
    changes: dict[str, Any] = {"state": to, **fields}
    if hasattr(objs[0], "row_version"):
        changes["row_version"] = models.F("row_version") + 1
    rows.filter(pk__in=given).update(**changes)
