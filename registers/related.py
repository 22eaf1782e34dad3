"""What belongs to a risk, and so to its history: rows of this package and of higher ones.

A higher package names its rows in `ready()`:

    register_related(Related(Approval, "version__plan__risk"))
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from registers.models import ControlCheck, Risk, RiskControl, RiskLink, RiskOrigin, RiskProposal
from riskhub.accounts.models import User
from riskhub.audit.models import AuditEvent
from riskhub.files.models import Attachment, Comment, CommentWithdrawal
from riskhub.files.owners import is_talked_about, type_of_owner

_OWN = Risk._meta.db_table


@dataclass(frozen=True)
class Related:
    """Rows of `model` that belong to a risk: `path` leads from them to it, as in a filter.

    `signed` are the fields that say who, when and what, as the head of an entry does.
    """

    model: type[Model]
    path: str
    signed: frozenset[str] = frozenset()

    def pairs(self, risks: Collection[Any]) -> Iterable[tuple[Any, Any]]:
        """(key of the row, key of its risk) of everything that belongs to these; one query."""
        rows = self.model._base_manager.filter(**{f"{self.path}__in": risks})
        return rows.values_list("pk", self.path)


class _Owned(Related):
    """Named by the type and key of its owner: attachments and comments."""

    def pairs(self, risks: Collection[Any]) -> Iterable[tuple[Any, Any]]:
        own = {"owner_type": type_of_owner(Risk), "owner_id__in": risks}
        return self.model._base_manager.filter(**own).values_list("pk", "owner_id")


class _BothEnds(Related):
    """A link belongs to two risks."""

    def pairs(self, risks: Collection[Any]) -> Iterable[tuple[Any, Any]]:
        wanted = set(risks)
        rows = RiskLink.objects.filter(Q(from_risk__in=wanted) | Q(to_risk__in=wanted))
        for key, *ends in rows.values_list("pk", "from_risk", "to_risk"):
            yield from ((key, end) for end in ends if end in wanted)


_JOINS: tuple[type[Model], ...] = (Risk.sources.through, Risk.service_lines.through)
_links: list[type[Model]] = [RiskControl]
"""As the joins, they go as well; but they change without the risk."""
_related: dict[type[Model], Related] = {
    RiskOrigin: Related(RiskOrigin, "risk"),
    RiskProposal: Related(
        RiskProposal, "risk", frozenset({"submitter", "submitted_at", "decided_by", "decided_at"})
    ),
    Attachment: _Owned(Attachment, "", frozenset({"removed_by", "removed_at"})),
    Comment: _Owned(Comment, "", frozenset({"author", "at"})),
    ControlCheck: Related(
        ControlCheck, "control__risk_controls__risk", frozenset({"done_by", "done_on"})
    ),
}
_LINKED = _BothEnds(RiskLink, "from_risk", frozenset({"ended_by", "ended_at"}))


def register_related(related: Related) -> None:
    _related[related.model] = related


def register_link(model: type[Model]) -> None:
    """Its rows link a risk (`risk`) to something, and are deleted when they no longer do."""
    _links.append(model)


def related_rows() -> list[Related]:
    """Everything that belongs to a risk, besides what joins it to its sources and lines."""
    return [*_related.values(), _LINKED, *(Related(model, "risk") for model in _links)]


def link_tables() -> list[str]:
    """Of the links that come and go without a change of the risk itself."""
    return [model._meta.db_table for model in _links]


def signed_of(table: str) -> frozenset[str]:
    """What the head of an entry says of a row of this table; of the risk itself when it closed."""
    known = {one.model._meta.db_table: one.signed for one in (*_related.values(), _LINKED)}
    return known.get(table, frozenset({"closed_at"}))


def events_of(risk: Risk, reader: User | None = None) -> QuerySet[AuditEvent]:
    """Everything that happened to the risk and to what belongs to it, newest first.

    A link to a risk that the reader does not see is not told; without a reader none is.
    """
    found = Q(object_type=_OWN, object_id=str(risk.pk)) | _joined(risk)
    owners: dict[type[Model], list[int]] = {Risk: [risk.pk]}
    for related in _related.values():
        keys = owners[related.model] = [key for key, _risk in related.pairs([risk.pk])]
        found |= _rows(related.model, keys)
    found |= _said(owners)
    if reader:
        links = RiskLink.objects.visible_to(reader).of(risk)
        found |= _rows(RiskLink, links.values_list("pk", flat=True))
    return AuditEvent.objects.filter(found).order_by("-id")


def _said(owners: Mapping[type[Model], Collection[int]]) -> Q:
    """Comments on what belongs to the risk, such as its plans, and on it; and their withdrawals."""
    talked_about = {model: keys for model, keys in owners.items() if is_talked_about(model)}
    comments = dict(Comment.objects.of_any(talked_about).values_list("pk", "withdrawal"))
    withdrawn = [key for key in comments.values() if key]
    return _rows(Comment, comments) | _rows(CommentWithdrawal, withdrawn)


def _joined(risk: Risk) -> Q:
    """Rows that join the risk to something come and go; a removed one is known by its event."""
    own = Q(object_type=_OWN, object_id=str(risk.pk), operation="update")
    with_risk = Q(transaction_id__in=AuditEvent.objects.filter(own).values("transaction_id"))
    removed = AuditEvent.objects.filter(
        _of_tables(_JOINS) & with_risk | _of_tables(_links),
        operation="delete",
        before__risk_id=risk.pk,
    )
    keys: dict[str, list[str]] = {}
    for table, key in removed.values_list("object_type", "object_id"):
        keys.setdefault(table, []).append(key)
    found = Q(pk__in=[])
    for model in (*_JOINS, *_links):
        present = model._default_manager.filter(risk=risk).values_list("pk", flat=True)
        found |= _rows(model, [*present, *keys.get(model._meta.db_table, [])])
    return found


def _of_tables(models: Iterable[type[Model]]) -> Q:
    return Q(object_type__in=[model._meta.db_table for model in models])


def _rows(model: type[Model], keys: Iterable[Any]) -> Q:
    return Q(object_type=model._meta.db_table, object_id__in=[str(key) for key in keys])
