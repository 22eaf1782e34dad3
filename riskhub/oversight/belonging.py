"""What belongs to which thing: what is done to a comment or a link of a risk is done to the risk.

The packages above say in `ready()` by which ways their rows belong:

    belong({RiskControl: ("risk", "control"), PlanVersion: ("plan", "plan__risk")})

Things are what files may belong to (`riskhub.files.owners`): that says who sees them and where they stand.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import ForeignKey, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from riskhub.accounts.models import User
from riskhub.audit.choices import Operation
from riskhub.audit.models import AuditEvent
from riskhub.audit.protection import DELETABLE
from riskhub.files.models import Attachment, AttachmentErasure, Comment, CommentWithdrawal
from riskhub.files.owners import owner_for, type_of_owner
from riskhub.oversight.words import Thing, Told, kind_words, tell

Rows = Mapping[type[Model], Collection[Any]]
Place = tuple[type[Model], Any]

FEW = 5
"""Of so many things what belongs to them is found; who finds more has not named one."""
_ways: dict[type[Model], tuple[str, ...]] = {}
# These lie on something of any kind.
_LYING: dict[type[Model], str] = {
    Attachment: "", AttachmentErasure: "attachment__", Comment: "", CommentWithdrawal: "comment__",
    Comment.mentions.through: "comment__",
}  # fmt: skip


def belong(ways: Mapping[type[Model], tuple[str, ...]]) -> None:
    _ways.update(ways)


def events_on_parts(things: Rows) -> Q:
    """The events on what belongs to these things, in two queries; a row that is gone is known by its last."""
    things = {model: keys for model, keys in things.items() if keys}
    parts = [
        rows.order_by().values_list(Value(rows.model._meta.db_table), Cast("pk", TextField()))
        for rows in (_parts_of(things) if things else ())
    ]
    if not parts:
        return Q(pk__in=[])
    gone = Q(pk__in=[])
    for model, way, keys in _ways_to(things):
        if "__" not in way and model._meta.db_table in DELETABLE:
            gone |= Q(object_type=model._meta.db_table, **{f"before__{way}_id__in": list(keys)})
    removed = AuditEvent.objects.filter(gone, operation=Operation.DELETE)
    by_table: dict[str, set[str]] = {}
    for table, key in (
        *parts[0].union(*parts[1:]),
        *removed.values_list("object_type", "object_id"),
    ):
        by_table.setdefault(table, set()).add(key)
    found = Q(pk__in=[])
    for table, found_keys in by_table.items():
        found |= Q(object_type=table, object_id__in=sorted(found_keys))
    return found


def tell_to(reader: User | None, events: Iterable[AuditEvent]) -> list[Told]:
    """In words, each with the things that it belongs to, as far as the reader sees them.

    One query for each model that is told of, and one for each kind of thing; nobody sees none.
    """
    told = tell(events, reader=reader)
    if reader is None:
        return told
    places = _places([one.event for one in told])
    things = _things(reader, {place for found in places.values() for place in found})
    return [
        replace(one, belongs_to=[things[p] for p in places.get(one.event.pk, ()) if p in things])
        for one in told
    ]


def _parts_of(things: Rows) -> Iterator[QuerySet[Any]]:
    lying = Q(pk__in=[])
    for model, keys in things.items():
        lying |= Q(owner_type=type_of_owner(model), owner_id__in=keys)
    for model, way, keys in _ways_to(things):
        rows = model._base_manager.filter(**{f"{way}__in": keys})
        yield rows
        if owner_for(type_of_owner(model)):
            lying |= Q(owner_type=type_of_owner(model), owner_id__in=rows.order_by().values("pk"))
    for model, way in _LYING.items():
        if way:
            onto = _fields(model, way.removesuffix("__"))[0]
            found = onto.related_model._base_manager.filter(lying).order_by().values("pk")
            yield model._base_manager.filter(**{f"{onto.name}__in": found})
        else:
            yield model._base_manager.filter(lying)


def _ways_to(things: Rows) -> Iterator[tuple[type[Model], str, Collection[Any]]]:
    for model, ways in _ways.items():
        for way in ways:
            if keys := things.get(_fields(model, way)[-1].related_model):
                yield model, way, keys


def _fields(model: Any, way: str) -> list[Any]:  # noqa: ANN401 - a model, and fields of whatever kind
    fields = []
    for name in way.split("__"):
        fields.append(model._meta.get_field(name))
        model = fields[-1].related_model
    return fields


def _places(events: list[AuditEvent]) -> dict[int, list[Place]]:
    """By the key of the event: to what its row belongs, or belonged when it went."""
    by_model: dict[type[Model], list[AuditEvent]] = {}
    models = {model._meta.db_table: model for model in (*_ways, *_LYING)}
    for event in events:
        if event.object_type in models and event.object_id.isdecimal():
            by_model.setdefault(models[event.object_type], []).append(event)
    places: dict[int, list[Place]] = {}
    for model, of_model in by_model.items():
        rows = model._base_manager.filter(pk__in={int(event.object_id) for event in of_model})
        known = (
            _lying_on(rows, _LYING[model]) if model in _LYING else _led_from(rows, _plain(model))
        )
        for event in of_model:
            places[event.pk] = known.get(int(event.object_id)) or _kept(model, event)
    return places


def _plain(model: type[Model]) -> dict[str, type[Model]]:
    """The ways that lead to one thing each: a control that is checked acts on many risks."""
    ways = {way: _fields(model, way) for way in _ways.get(model, ())}
    return {
        way: fields[-1].related_model
        for way, fields in ways.items()
        if all(isinstance(field, ForeignKey) for field in fields)
    }


def _led_from(rows: QuerySet[Any], ways: Mapping[str, type[Model]]) -> dict[Any, list[Place]]:
    return {
        pk: [(model, key) for model, key in zip(ways.values(), keys, strict=True) if key]
        for pk, *keys in rows.values_list("pk", *ways)
    }


def _lying_on(rows: QuerySet[Any], way: str) -> dict[Any, list[Place]]:
    owners = {
        pk: (owner_for(kind), key)
        for pk, kind, key in rows.values_list("pk", f"{way}owner_type", f"{way}owner_id")
    }
    return {pk: [(owner.model, key)] for pk, (owner, key) in owners.items() if owner}


def _kept(model: type[Model], event: AuditEvent) -> list[Place]:
    kept = event.before or {}
    return [
        (target, kept[f"{way}_id"])
        for way, target in _plain(model).items()
        if kept.get(f"{way}_id")
    ]


def _things(reader: User, places: set[Place]) -> dict[Place, Thing]:
    wanted: dict[type[Model], set[Any]] = {}
    for model, key in places:
        wanted.setdefault(model, set()).add(key)
    things = {}
    for model, keys in wanted.items():
        if owner := owner_for(type_of_owner(model)):
            parents = [
                field.name
                for field in model._meta.concrete_fields
                if isinstance(field, ForeignKey) and not field.null
            ]
            for row in owner.visible(reader).filter(pk__in=keys).select_related(*parents):
                things[model, row.pk] = Thing(kind_words(model), str(row), owner.page(row))
    return things
