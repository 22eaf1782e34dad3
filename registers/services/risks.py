"""Put a risk into the register, change it, close and reopen it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from registers.choices import OriginKind, RiskState
from registers.closing import closing_blockers, require_open
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
from riskhub.audit.context import acting
from riskhub.audit.transitions import move
from riskhub.audit.versions import lock_row, lock_version, save_fields
from riskhub.company.services import take_numbers
from riskhub.entry.repeats import KeyReused, digest_of
from riskhub.entry.texts import prose

_MANY = ("sources", "service_lines")
_LINKS = (
    "register", "category", "area", "primary_source", "owner_department", "owner", "reported_by",
    "accepted_by", "merged_into",
)  # fmt: skip


class CannotClose(Exception):  # noqa: N818 - reads as what it says
    """Something is still open; `reasons` are sentences."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


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


def create_risk(draft: RiskDraft, *, by: User | None, once_since: datetime | None = None) -> Risk:
    """One risk with the next number; raises ValidationError with the fields at fault.

    With `once_since`, what this person put in after that moment and is the same in every field is it.
    """
    with acting(by, "risk.created"):
        if draft.business_importance is not None:
            _check_reason(draft.business_importance, draft.importance_reason, draft.service_lines)
        made = _made_before(draft, by)
        if once_since and not made:
            made = _twin_of(draft, by, once_since)
        return made or create_risks([draft], by=by)[0]


def create_risks(drafts: Iterable[RiskDraft], *, by: User | None) -> list[Risk]:
    """Many risks with consecutive numbers, in a handful of queries however many they are."""
    with acting(by, "risk.created"):
        drafts = list(drafts)
        numbers = take_numbers("risk", by=by, count=len(drafts))
        risks = [_build(draft, n, by) for draft, n in zip(drafts, numbers, strict=True)]
        Risk.objects.bulk_create(risks, batch_size=1000)
        _link(risks, drafts)
        return risks


def edit_risk(risk: Risk, *, by: User, version: int | None, **fields: Any) -> Risk:  # noqa: ANN401 - model fields
    """Change what was given; raises StaleVersion when somebody saved since `version` was read."""
    with acting(by, "risk.edited"):
        stored = lock_version(risk, version)
        require_open(stored)
        before = stored.owner_id, stored.owner_department_id
        many = {name: fields.pop(name) for name in _MANY if name in fields}
        for name, value in fields.items():
            setattr(stored, name, value)
        _check_importance(stored, fields, many.get("service_lines"))
        if before != (stored.owner_id, stored.owner_department_id):
            _check_owner(stored.owner, stored.owner_department)
        stored.full_clean(exclude=["number"])
        save_fields(stored, **{name: getattr(stored, name) for name in fields})
        if "primary_source" in fields or "sources" in many:
            kept = many["sources"] if "sources" in many else stored.sources.all()
            many["sources"] = {*kept, stored.primary_source}
        for name, values in many.items():
            getattr(stored, name).set(values)
        return stored


def close_risk(risk: Risk, *, by: User, reason: str) -> Risk:
    """Take it out of the register with a reason; raises CannotClose while anything is open."""
    with acting(by, "risk.closed", reason):
        if not prose(reason):
            raise ValidationError({"reason": _("Say why the risk is closed.")})
        blockers = closing_blockers(lock_row(risk))
        if blockers:
            raise CannotClose(blockers)
        return move(risk, RiskState.CLOSED, closed_reason=reason, closed_at=timezone.now())


def reopen_risk(risk: Risk, *, by: User, reason: str) -> Risk:
    """Identified again: what was assessed before is shown, and its review is due today."""
    with acting(by, "risk.reopened", reason):
        if not prose(reason):
            raise ValidationError({"reason": _("Say why the risk is opened again.")})
        today = timezone.localdate()
        return move(
            risk, RiskState.IDENTIFIED, closed_reason="", closed_at=None, next_review_on=today
        )


def _made_before(draft: RiskDraft, by: User | None) -> Risk | None:
    """What was made under this very key; raises KeyReused for another's, and for other content."""
    if draft.client_uuid is None:
        return None
    take_numbers("risk", by=by, count=0)  # waits for whoever is making it right now
    made = Risk.objects.filter(client_uuid=draft.client_uuid).first()
    if made and made.accepted_by_id != getattr(by, "pk", None):
        raise KeyReused
    if made and made.client_digest not in ("", _digest(draft)):
        raise KeyReused
    return made


def _twin_of(draft: RiskDraft, by: User | None, since: datetime) -> Risk | None:
    """The same content under another key."""
    if draft.client_uuid is None:
        return None
    same = Risk.objects.filter(accepted_by=by, client_digest=_digest(draft))
    return same.filter(accepted_at__gt=since).order_by("pk").last()


def _digest(draft: RiskDraft) -> str:
    if draft.client_uuid is None:
        return ""
    return digest_of({name: value for name, value in vars(draft).items() if name != "client_uuid"})


def _build(draft: RiskDraft, number: int, by: User | None) -> Risk:
    importance, reason = _importance(draft)
    _check_owner(draft.owner, draft.owner_department)
    risk = Risk(
        number=number,
        business_importance=importance,
        importance_reason=reason,
        reported_on=draft.reported_on or timezone.localdate(),
        reported_by=draft.reported_by or by,
        accepted_by=by,
        client_digest=_digest(draft),
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


def _importance(draft: RiskDraft) -> tuple[int, str]:
    usual = max((line.importance for line in draft.service_lines), default=3)
    if draft.business_importance is None and draft.importance_reason.strip():
        words = _("Choose the importance that the reason is for.")
        raise ValidationError({"business_importance": words})
    if draft.business_importance is None:
        return usual, ""
    return draft.business_importance, draft.importance_reason


def _check_owner(owner: User | None, department: Department) -> None:
    if objection := owner_objection(owner, department):
        raise ValidationError({"owner": objection})


def _check_importance(
    risk: Risk, fields: dict[str, Any], lines: Iterable[ServiceLine] | None
) -> None:
    """Another importance than that of the service lines needs a reason."""
    if "business_importance" not in fields:
        return
    lines = risk.service_lines.all() if lines is None else lines
    _check_reason(risk.business_importance, risk.importance_reason, lines)


def _check_reason(importance: int, reason: str, lines: Iterable[ServiceLine]) -> None:
    usual = max((line.importance for line in lines), default=3)
    if importance != usual and not reason.strip():
        raise ValidationError(
            {
                "importance_reason": _(
                    "The service lines suggest %(usual)s. Say why this risk is different."
                )
                % {"usual": usual}
            }
        )


def _link(risks: list[Risk], drafts: list[RiskDraft]) -> None:
    """Sources, service lines and origins of freshly made risks, each table in one go."""
    Source, Line = Risk.sources.through, Risk.service_lines.through  # noqa: N806 - model classes
    pairs = list(zip(risks, drafts, strict=True))
    Source.objects.bulk_create(
        Source(risk_id=risk.pk, risksource_id=source.pk)
        for risk, draft in pairs
        for source in {draft.primary_source, *draft.sources}
    )
    Line.objects.bulk_create(
        Line(risk_id=risk.pk, serviceline_id=line.pk)
        for risk, draft in pairs
        for line in set(draft.service_lines)
    )
    RiskOrigin.objects.bulk_create(
        RiskOrigin(risk=risk, **vars(draft.origin)) for risk, draft in pairs if draft.origin
    )
