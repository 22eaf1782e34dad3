"""Audit events in words: what was done, and each field before and after as its page would show it.

The package that owns an action, a field or a stored text names it in `ready()`:

    name_actions({"risk.closed": _("Closed")})
    name_fields({"closes_on": _("Closes on")})
    hide_fields(PlanVersion, "content_hash")
    call_rows({Assessment: "risk"})
    spell_field(PlanVersion, "content", lambda text: {str(_("Objective")): "..."})

`tell` asks the database once for each model that the events refer to, however many events there are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from riskhub.accounts.models import User
from riskhub.audit.choices import Operation
from riskhub.audit.models import AuditEvent
from riskhub.oversight.actors import actor_words
from riskhub.oversight.details import details_of
from riskhub.oversight.masking import masked
from riskhub.oversight.row_names import is_unlabelled, row_words
from riskhub.oversight.values import Labels, say

Speller = Callable[[Any], Mapping[str, str]]
Values = Mapping[str, Any]

_actions: dict[str, StrOrPromise] = {}
_kinds: dict[type[models.Model], StrOrPromise] = {}
_fields: dict[str, StrOrPromise] = {}
_hidden: dict[type[models.Model], set[str]] = {}
_spellers: dict[tuple[type[models.Model], str], Speller] = {}
_called: dict[type[models.Model], tuple[str, ...]] = {}
_SHORT = 3
_followers: set[str] = {"notice.sent", "notice.mailed"}


@dataclass(frozen=True)
class Change:
    """One field; either side may be empty. The rows of `components/diff.html`."""

    name: str
    before: str
    after: str
    field: str = ""


@dataclass(frozen=True)
class Thing:
    """What a row belongs to, and where it stands."""

    kind: str
    name: str
    url: str


@dataclass(frozen=True)
class Told:
    """One event; `kind` says what kind of row it changed, `name` which one."""

    event: AuditEvent
    action: str
    kind: str
    name: str
    changes: list[Change]
    belongs_to: Sequence[Thing] = ()

    @property
    def actor(self) -> str:
        return actor_words(self.event.actor_name)

    @property
    def thing(self) -> str:
        return f"{self.kind} {self.name}".strip() if self.kind else ""

    @property
    def is_long(self) -> bool:
        """A new or removed row with all its fields: in a list they are folded."""
        is_whole = self.event.operation in (Operation.INSERT, Operation.DELETE)
        return is_whole and len(self.changes) > _SHORT

    @property
    def reason(self) -> str:
        """Of its own: what follows from another act repeats that one's."""
        return "" if self.event.action in _followers else self.event.reason


def name_actions(names: Mapping[str, StrOrPromise]) -> None:
    _actions.update(names)


def name_followers(*actions: str) -> None:
    """Acts that only follow from another one, and carry its reason."""
    _followers.update(actions)


def name_kinds(names: Mapping[type[models.Model], StrOrPromise]) -> None:
    """What a row is called where the model's own `verbose_name` is not translated."""
    _kinds.update(names)


def name_fields(names: Mapping[str, StrOrPromise]) -> None:
    """What a field is called, in whichever table, where it has no `verbose_name` of its own."""
    _fields.update(names)


def kind_words(model: type[models.Model]) -> str:
    return capfirst(str(_kinds.get(model) or model._meta.verbose_name))


def hide_fields(model: type[models.Model], *names: str) -> None:
    """Fields that say nothing to people: copies, keys, counters."""
    _hidden.setdefault(model, set()).update(names)


def spell_field(model: type[models.Model], name: str, speller: Speller) -> None:
    """`speller(value)` takes a stored text or JSON apart into {name: words}."""
    _spellers[model, name] = speller


def call_rows(parents: Mapping[type[models.Model], tuple[str, ...]]) -> None:
    """Rows without a number or title of their own are called by `str`, which reads these parents."""
    _called.update(parents)


def action_words(event: AuditEvent) -> str:
    """The name of the action; without one, what happened to the row."""
    if event.action in _actions:
        return str(_actions[event.action])
    if event.action.endswith(".owed"):
        return _("Job planned")
    return {
        Operation.INSERT.value: _("Added"),
        Operation.UPDATE.value: _("Changed"),
        Operation.DELETE.value: _("Removed"),
    }.get(event.operation, event.action)


def action_choices() -> list[tuple[str, str]]:
    """(action, its words), by the words in the active language."""
    return sorted(((action, str(name)) for action, name in _actions.items()), key=lambda a: a[1])


def tell(
    events: Iterable[AuditEvent], *, about: models.Model | None = None, reader: User | None = None
) -> list[Told]:
    """In the given order; a reference to `about` itself is left out, as its page says it already.

    What `reader` does not see elsewhere is masked; without one, all that is withheld.
    """
    events = list(events)
    labels = _labels(events)
    return [
        Told(
            event,
            action_words(event),
            table_words(event.object_type),
            _row_name(event, labels),
            _changes(event, labels, about, reader),
        )
        for event in events
    ]


@cache
def _models() -> dict[str, type[models.Model]]:
    return {m._meta.db_table: m for m in apps.get_models(include_auto_created=True)}


@cache
def _columns(model: type[models.Model]) -> dict[str, models.Field[Any, Any]]:
    """The fields worth telling, by the column that the event names."""
    return {
        field.attname: field
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.generated and field.name != "row_version"
    }


def table_words(table: str) -> str:
    """What kind of row it holds; empty for one that only joins two things, or is gone."""
    model = _models().get(table)
    return "" if model is None or model._meta.auto_created else kind_words(model)


def _row_name(event: AuditEvent, labels: Labels) -> str:
    """A row that is gone has none; one that joins two things has that of the first."""
    model = _models().get(event.object_type)
    if model is not None and (owner := model._meta.auto_created):
        return _owner_name(model, owner, event, labels)
    if model in _called and is_unlabelled(event, model):
        return labels[model].get(int(event.object_id)) or row_words(model, event.object_label)
    return row_words(model, event.object_label)


def _owner_name(model: Any, owner: Any, event: AuditEvent, labels: Labels) -> str:  # noqa: ANN401 - models
    row = event.after or event.before or {}
    keys = [row.get(f.attname) for f in _columns(model).values() if f.related_model is owner]
    return labels.get(owner, {}).get(keys[0], "") if keys else ""


def _labels(events: list[AuditEvent]) -> Labels:
    """What the events and the foreign keys in them stand for: one query for each model."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for event in events:
        columns = _columns_of(event)
        model = _models().get(event.object_type)
        if model in _called and is_unlabelled(event, model):
            wanted.setdefault(model, set()).add(int(event.object_id))
        for values in (event.before or {}, event.after or {}):
            for column, value in values.items():
                field = columns.get(column)
                if value is not None and isinstance(field, models.ForeignKey):
                    wanted.setdefault(field.related_model, set()).add(value)
    return {model: _names(model, keys) for model, keys in wanted.items()}


def _names(model: type[models.Model], keys: set[Any]) -> dict[Any, str]:
    parents = _called.get(model) or tuple(
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and not field.null
    )
    rows = model._base_manager.filter(pk__in=keys)
    return {row.pk: str(row) for row in (rows.select_related(*parents) if parents else rows)}


def _columns_of(event: AuditEvent) -> dict[str, models.Field[Any, Any]]:
    model = _models().get(event.object_type)
    return _columns(model) if model else {}


def _changes(
    event: AuditEvent, labels: Labels, about: models.Model | None, reader: User | None
) -> list[Change]:
    if event.operation == Operation.NOTE:
        return [Change(name, "", words, name) for name, words in details_of(event).items()]
    model = _models().get(event.object_type)
    if model is None:
        return []
    sides = (event.before, event.after)
    before, after = (masked(event.object_type, side, reader) or {} for side in sides)
    changes = []
    for column, field in _columns(model).items():
        if column not in before and column not in after:
            continue
        if field.name in _hidden.get(model, ()) or _is(field, before, after, about):
            continue
        changes += _change(model, field, before.get(column), after.get(column), labels)
    return changes


def _is(
    field: models.Field[Any, Any], before: Values, after: Values, about: models.Model | None
) -> bool:
    if about is None or not isinstance(field, models.ForeignKey):
        return False
    values = {values[field.attname] for values in (before, after) if field.attname in values}
    return field.related_model is type(about) and values - {None} == {about.pk}


def _change(
    model: type[models.Model],
    field: models.Field[Any, Any],
    before: Any,  # noqa: ANN401 - any stored value
    after: Any,  # noqa: ANN401 - the same
    labels: Labels,
) -> list[Change]:
    if speller := _spellers.get((model, field.name)):
        old, new = (speller(value) if value else {} for value in (before, after))
        names = dict.fromkeys([*old, *new])
        return [
            Change(name, old.get(name, ""), new.get(name, ""), field.name)
            for name in names
            if old.get(name, "") != new.get(name, "")
        ]
    words = say(field, before, labels), say(field, after, labels)
    return [] if words == ("", "") else [Change(_name(model, field), *words, field.name)]


def _name(model: type[models.Model], field: models.Field[Any, Any]) -> str:
    """Of a row that joins two things: the field that shows the other thing."""
    owner: Any = model._meta.auto_created  # the model that declares the field, or False
    if not owner:
        given = getattr(field, "_verbose_name", None)  # None: Django made one from the field's name
        return capfirst(str(given or _fields.get(field.name) or field.verbose_name))
    if isinstance(field, models.ForeignKey) and field.related_model is owner:
        return kind_words(field.related_model)
    joined = next(m for m in owner._meta.many_to_many if m.remote_field.through is model)
    return capfirst(str(joined.verbose_name))
