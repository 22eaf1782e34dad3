"""Where the data come from, and the audit's seals that vouch for them."""

from datetime import datetime

from django.db.models import Count, Max, Min
from django.utils.translation import gettext_lazy as _

from assessments.quarterly.frame import Frame
from assessments.quarterly.schema import AnchorsPart, SignaturePart, SourcePart
from assessments.quarterly.wording import moment, words
from registers.choices import OriginKind
from registers.models import Risk, RiskOrigin
from riskhub.accounts.choices import Role
from riskhub.audit.chain import GENESIS, verify_chain
from riskhub.audit.models import AuditEvent, AuditSeal

_STEPS = {
    "prepared": Role.RISK_MANAGER,
    "reviewed": Role.APPROVER,
    "received": Role.AUDITOR,
}


def data_since() -> datetime | None:
    """When the first risk was put in, or the first event written, whichever is earlier."""
    event = AuditEvent.objects.order_by("pk").values_list("at", flat=True).first()
    risk = Risk.objects.aggregate(at=Min("accepted_at"))["at"]
    return min((at for at in (event, risk) if at), default=None)


def anchors(frame: Frame) -> AnchorsPart:
    """The whole chain is recomputed for each report."""
    start = (
        AuditSeal.objects.filter(event__at__lt=frame.start)
        .order_by("-seq")
        .values("seq", "hash")
        .first()
    )
    found = verify_chain()
    return {
        "head_hash": found.head_hash,
        "head_number": found.events,
        "start_hash": start["hash"] if start else GENESIS,
        "start_number": start["seq"] if start else 0,
        "events": AuditEvent.objects.filter(at__gte=frame.start, at__lt=frame.end).count(),
        "checked": found.events,
        "seals": AuditSeal.objects.count(),
        "verified_at": moment(frame.as_of, frame.zone),
        "result": found.fault or "ok",
    }


def sources(frame: Frame) -> list[SourcePart]:
    """One row per way into the register; a way that brought nothing is printed with 0."""
    standing = RiskOrigin.objects.filter(risk__is_undone=False)
    origins = standing.values_list("kind").annotate(rows=Count("*"), last=Max("at"))
    counted: dict[str, tuple[int, datetime | None]] = {kind: (n, last) for kind, n, last in origins}
    by_hand = (
        Risk.objects.counted().filter(origins=None).aggregate(n=Count("*"), last=Max("accepted_at"))
    )
    counted[OriginKind.MANUAL] = _together(
        counted.get(OriginKind.MANUAL, (0, None)), (by_hand["n"], by_hand["last"])
    )
    parts: list[SourcePart] = []
    for kind in OriginKind:
        rows, last = counted.get(kind, (0, None))
        parts.append(
            {
                "name": words(kind.label),
                "rows": rows,
                "last_on": last.astimezone(frame.zone).date().isoformat() if last else None,
                "gap": None,
            }
        )
    unrated = Risk.objects.open().filter(residual_level=None).count()
    if unrated:
        parts[0]["gap"] = words(_("Risks without a confirmed assessment are not in the matrix"))
    return parts


def _together(
    one: tuple[int, datetime | None], other: tuple[int, datetime | None]
) -> tuple[int, datetime | None]:
    """Both counts, and the later of the two moments."""
    moments = [at for _rows, at in (one, other) if at]
    return one[0] + other[0], max(moments, default=None)


def signatures() -> list[SignaturePart]:
    """Blank lines for ink: signing in the product comes with the quarter's review."""
    return [
        {"step": step, "role": words(role.label), "signed_at": None}
        for step, role in _STEPS.items()
    ]
