"""Put a risk into the register, change it, close and reopen it."""

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from registers.choices import RiskState
from registers.closing import closing_blockers, require_open
from registers.models import (
    Risk,
    RiskOrigin,
    ServiceLine,
)
from registers.services.drafts import (
    RiskDraft,
    check_owner,
    check_review,
    digest_of_draft,
    links_of,
    origins_of,
    risk_of,
    usual_importance,
)
from registers.services.registers import require_taking
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import move
from riskhub.audit.versions import lock_row, lock_version, save_fields
from riskhub.company.services import take_numbers
from riskhub.entry.columns import long_since
from riskhub.entry.repeats import KeyReused
from riskhub.entry.texts import prose

_MANY = ("sources", "service_lines")


class CannotClose(Exception):  # noqa: N818 - reads as what it says
    """Something is still open; `reasons` are sentences."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


def create_risk(draft: RiskDraft, *, by: User | None, once_since: datetime | None = None) -> Risk:
    """One risk with the next number; raises ValidationError with the fields at fault.

    With `once_since`, what this person put in after that moment and is the same in every field is it.
    """
    with acting(by, "risk.created"):
        require_taking([draft.register])
        if draft.business_importance is not None:
            _check_reason(draft.business_importance, draft.importance_reason, draft.lines)
        made = _made_before(draft, by)
        if once_since and not made:
            made = _twin_of(draft, by, once_since)
        if made:
            return made
        check_review(draft.next_review_on)
        return create_risks([draft], by=by)[0]


def create_risks(drafts: Iterable[RiskDraft], *, by: User | None) -> list[Risk]:
    """Many risks with consecutive numbers, in a handful of queries however many they are.

    Whoever calls it asks first whether their registers take them: `require_taking`.
    A file's next review may have passed: it is overdue then, here as where it came from.
    """
    with acting(by, "risk.created"):
        drafts = list(drafts)
        numbers = take_numbers("risk", by=by, count=len(drafts))
        risks = [risk_of(draft, n, by=by) for draft, n in zip(drafts, numbers, strict=True)]
        Risk.objects.bulk_create(risks, batch_size=1000)
        pairs = list(zip(risks, drafts, strict=True))
        for model, rows in links_of(pairs).items():
            model._default_manager.bulk_create(rows)
        RiskOrigin.objects.bulk_create(origins_of(pairs))
        return risks


def edit_risk(risk: Risk, *, by: User, version: int | None, **fields: Any) -> Risk:  # noqa: ANN401 - model fields
    """Change what was given; raises StaleVersion when somebody saved since `version` was read.

    What is as it was leaves the risk alone: its version and its history, too.
    """
    with acting(by, "risk.edited"):
        stored = lock_version(risk, version)
        require_open(stored)
        before = copy(stored)
        many = {name: fields.pop(name) for name in _MANY if name in fields}
        for name, value in fields.items():
            setattr(stored, name, value)
        _check_importance(stored, fields, many.get("service_lines"))
        if _differ(before, stored, ["owner", "owner_department"]):
            check_owner(stored.owner, stored.owner_department)
        stored.full_clean(exclude=["number", *long_since(before, stored)])
        check_review(stored.next_review_on, before.next_review_on)
        if "primary_source" in fields or "sources" in many:
            kept = many["sources"] if "sources" in many else stored.sources.all()
            many["sources"] = {*kept, stored.primary_source}
        if not _differ(before, stored, fields) and not _others(stored, many):
            return stored
        save_fields(stored, **{name: getattr(stored, name) for name in fields})
        for name, values in many.items():
            getattr(stored, name).set(values)
        return stored


def _differ(before: Risk, after: Risk, fields: Collection[str]) -> bool:
    columns = [field.attname for field in Risk._meta.concrete_fields if field.name in fields]
    return any(getattr(before, name) != getattr(after, name) for name in columns)


def _others(risk: Risk, many: Mapping[str, Iterable[Any]]) -> bool:
    """Whether any of these lists is another than the risk has."""
    return any(set(getattr(risk, name).all()) != set(values) for name, values in many.items())


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
    """Identified again: what was assessed before is shown, and its review is due today.

    An owner who has left is owner no more.
    """
    with acting(by, "risk.reopened", reason):
        if not prose(reason):
            raise ValidationError({"reason": _("Say why the risk is opened again.")})
        require_taking([risk.register])
        owner = risk.owner if risk.owner and risk.owner.is_active else None
        return move(
            risk, RiskState.IDENTIFIED, closed_reason="", closed_at=None, is_undone=False,
            owner=owner, next_review_on=timezone.localdate(),
        )  # fmt: skip


def _made_before(draft: RiskDraft, by: User | None) -> Risk | None:
    """What was made under this very key; raises KeyReused for another's, and for other content."""
    if draft.client_uuid is None:
        return None
    take_numbers("risk", by=by, count=0)  # waits for whoever is making it right now
    made = Risk.objects.filter(client_uuid=draft.client_uuid).first()
    if made and made.accepted_by_id != getattr(by, "pk", None):
        raise KeyReused
    if made and made.client_digest not in ("", digest_of_draft(draft)):
        raise KeyReused
    return made


def _twin_of(draft: RiskDraft, by: User | None, since: datetime) -> Risk | None:
    """The same content under another key."""
    if draft.client_uuid is None:
        return None
    same = Risk.objects.filter(accepted_by=by, client_digest=digest_of_draft(draft))
    return same.filter(accepted_at__gt=since).order_by("pk").last()


def _check_importance(
    risk: Risk, fields: dict[str, Any], lines: Iterable[ServiceLine] | None
) -> None:
    """Another importance than that of the service lines needs a reason."""
    if "business_importance" not in fields:
        return
    lines = risk.service_lines.all() if lines is None else lines
    _check_reason(risk.business_importance, risk.importance_reason, lines)


def _check_reason(importance: int, reason: str, lines: Iterable[ServiceLine]) -> None:
    usual = usual_importance(lines)
    if importance != usual and not reason.strip():
        raise ValidationError(
            {
                "importance_reason": _(
                    "The service lines suggest %(usual)s. Say why this risk is different."
                )
                % {"usual": usual}
            }
        )
