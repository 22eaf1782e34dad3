"""What is done so that risks do not happen: controls in use, their checks, and risks left without one."""

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum

from assessments.quarterly.controls_schema import ControlsPart
from assessments.quarterly.frame import Frame
from registers.choices import ControlState, Effectiveness, Level
from registers.models import Control, ControlCheck, Risk, RiskControl
from riskhub.audit.choices import Operation
from riskhub.audit.models import AuditEvent


def controls_part(frame: Frame) -> ControlsPart:
    """Six queries, however many controls there are."""
    last_day = min(frame.today, frame.quarter.ends_on)
    checks = ControlCheck.objects.filter(done_on__range=(frame.quarter.starts_on, last_day))
    by_result = {
        result: Count("pk", filter=Q(effectiveness=result)) for result in Effectiveness.values
    }
    found = checks.aggregate(
        controls=Count("control", distinct=True), sample=Sum("sample_size", default=0),
        found=Sum("exceptions", default=0), **by_result,
    )  # fmt: skip
    risks = _severe_risks()
    now_in_use = Control.objects.in_use()
    return {
        "in_use": _in_use_at_end(frame),
        "checked": found["controls"],
        "results": {result: found[result] for result in Effectiveness.values},
        "sample": found["sample"],
        "exceptions": found["found"],
        "in_use_now": now_in_use.count(),
        "overdue": now_in_use.overdue(frame.today).count(),
        "severe": risks["severe"],
        "without_control": risks["bare"],
        "without_effective": risks["unproven"],
    }


def _in_use_at_end(frame: Frame) -> int:
    """A control knows its state of today; what it was before, the first move after the end tells."""
    later = (
        AuditEvent.objects.filter(
            object_type=Control._meta.db_table, operation=Operation.UPDATE, at__gte=frame.end,
            before__has_key="state",
        )
        .order_by("object_id", "pk")
        .distinct("object_id")
        .values_list("object_id", "before__state")
    )  # fmt: skip
    then = {int(key): state for key, state in later}
    made = Control.objects.filter(created_at__lt=frame.end)
    known = made.exclude(pk__in=then).in_use().count()
    moved = list(made.filter(pk__in=then).values_list("pk", flat=True))
    return int(known) + [then[pk] for pk in moved].count(ControlState.ACTIVE)


def _severe_risks() -> dict[str, int]:
    """The open ones that are High or Critical at the freeze, and those that nothing keeps small."""
    links = RiskControl.objects.filter(risk=OuterRef("pk"), control__state=ControlState.ACTIVE)
    last = ControlCheck.objects.filter(control=OuterRef("control")).newest_first()
    found = links.annotate(last_result=Subquery(last.values("effectiveness")[:1]))
    effective = found.filter(last_result=Effectiveness.EFFECTIVE)
    risks = Risk.objects.open().filter(residual_level__gte=Level.HIGH).order_by()
    return risks.aggregate(
        severe=Count("pk"), bare=Count("pk", filter=~Q(Exists(links))),
        unproven=Count("pk", filter=~Q(Exists(effective))),
    )  # fmt: skip
