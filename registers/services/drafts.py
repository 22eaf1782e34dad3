"""What is to become a risk, and the rows that it becomes; writing them is for the services."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from registers.choices import OriginKind
from registers.models import (
    Register,
    Risk,
    RiskArea,
    RiskCategory,
    RiskOrigin,
    RiskSource,
    ServiceLine,
)
from registers.permissions import owner_objection
from riskhub.accounts.models import Department, User
from riskhub.entry.repeats import digest_of

_LINKS = (
    "register", "category", "area", "primary_source", "owner_department", "owner", "reported_by",
    "accepted_by", "merged_into",
)  # fmt: skip


@dataclass(frozen=True)
class Origin:
    """What stands behind a risk: `ref_id` is unique per kind, `details` is kept as it came."""

    kind: OriginKind
    ref_id: str
    label: str = ""
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RiskDraft:
    """Everything that makes a risk. Importance None: the highest of its service lines, else 3.

    The same `client_uuid` sent again is the same risk; with other content it is refused.
    """

    register: Register
    title: str
    event: str
    category: RiskCategory
    primary_source: RiskSource
    owner_department: Department
    cause: str = ""
    consequence: str = ""
    title_alt: str = ""
    lang: str = "zh-hans"
    area: RiskArea | None = None
    owner: User | None = None
    owner_note: str = ""
    business_importance: int | None = None
    importance_reason: str = ""
    controllability: str = "own"
    velocity: str = "days"
    reported_by: User | None = None
    reported_on: date | None = None
    next_review_on: date | None = None
    sources: Sequence[RiskSource] = ()
    service_lines: Sequence[ServiceLine] = ()
    origin: Origin | None = None
    client_uuid: UUID | None = None

    @property
    def lines(self) -> Sequence[ServiceLine]:
        """Those that are named; else the one that its register is kept for."""
        own = self.register.service_line if self.register.service_line_id else None
        return self.service_lines or ([own] if own else ())


def digest_of_draft(draft: RiskDraft) -> str:
    """By which the same content under another key is known; empty where it came without a key."""
    if draft.client_uuid is None:
        return ""
    return digest_of({name: value for name, value in vars(draft).items() if name != "client_uuid"})


def risk_of(draft: RiskDraft, number: int, *, by: User | None) -> Risk:
    """Not stored yet; raises ValidationError with the fields at fault."""
    importance, reason = _importance(draft)
    check_owner(draft.owner, draft.owner_department)
    risk = Risk(
        number=number,
        business_importance=importance,
        importance_reason=reason,
        reported_on=draft.reported_on or timezone.localdate(),
        reported_by=_finder(draft, by),
        accepted_by=by,
        client_digest=digest_of_draft(draft),
        **{
            name: getattr(draft, name)
            for name in (
                "register", "title", "title_alt", "cause", "event", "consequence", "lang",
                "category", "area", "primary_source", "owner_department", "owner", "owner_note",
                "controllability", "velocity", "next_review_on", "client_uuid",
            )
        },
    )  # fmt: skip
    risk.clean_fields(exclude=_LINKS)
    return risk


def _finder(draft: RiskDraft, by: User | None) -> User | None:
    """Who filed it, be it nobody with a name; else whoever puts it in, unless another is named."""
    is_filed = draft.origin is not None and draft.origin.kind == OriginKind.PROPOSAL
    return draft.reported_by if is_filed else draft.reported_by or by


def _importance(draft: RiskDraft) -> tuple[int, str]:
    usual = usual_importance(draft.lines)
    if draft.business_importance is None and draft.importance_reason.strip():
        words = _("Choose the importance that the reason is for.")
        raise ValidationError({"business_importance": words})
    if draft.business_importance is None:
        return usual, ""
    return draft.business_importance, draft.importance_reason


def usual_importance(lines: Iterable[ServiceLine]) -> int:
    """Of a risk in these service lines, unless somebody says why it is another."""
    return max((line.importance for line in lines), default=3)


def check_owner(owner: User | None, department: Department) -> None:
    """Raises ValidationError where this person cannot answer for the department's risks."""
    if objection := owner_objection(owner, department):
        raise ValidationError({"owner": objection})


def check_review(day: date | None, was: date | None = None) -> None:
    """Raises ValidationError for a day that has passed; one that was set before may stay."""
    if day != was and (objection := review_objection(day)):
        raise ValidationError({"next_review_on": objection})


def review_objection(day: date | None) -> str:
    if day is None or day >= timezone.localdate():
        return ""
    return _("The next review cannot lie in the past.")


Pairs = Sequence[tuple[Risk, RiskDraft]]


def links_of(pairs: Pairs) -> dict[type[Model], list[Any]]:
    """{model: rows} that join stored risks to their sources and service lines; not stored yet."""
    Source, Line = Risk.sources.through, Risk.service_lines.through  # noqa: N806 - model classes
    return {
        Source: [
            Source(risk_id=risk.pk, risksource_id=source.pk)
            for risk, draft in pairs
            for source in _in_order({draft.primary_source, *draft.sources})
        ],
        Line: [
            Line(risk_id=risk.pk, serviceline_id=line.pk)
            for risk, draft in pairs
            for line in _in_order(draft.lines)
        ],
    }


def origins_of(pairs: Pairs) -> Iterator[RiskOrigin]:
    """What stands behind stored risks; not stored yet."""
    return (RiskOrigin(risk=risk, **vars(draft.origin)) for risk, draft in pairs if draft.origin)


def _in_order(rows: Iterable[Any]) -> list[Any]:
    return sorted(set(rows), key=lambda row: row.pk)
