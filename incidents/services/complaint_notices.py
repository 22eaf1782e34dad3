"""Who hears of a complaint: whoever answers it when it comes in and when a clock is amber.

Once it ran out also who is above.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db.models import BigIntegerField, CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, Extract, Floor
from django.utils import timezone

from incidents.choices import URGENT
from incidents.complaints.clocks import AMBER as CLOCK_AMBER
from incidents.complaints.clocks import Counted
from incidents.complaints.deadlines import DONE_AT, running
from incidents.complaints.rows import STEPS
from incidents.models import Complaint, Severity
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.company.business_calendar import working_time
from riskhub.company.working_time import WorkingTime
from riskhub.entry.day_words import moment, words_in_each
from riskhub.notices.services import notify
from riskhub.work.models import Work
from riskhub.work.services import owe_work

LATE, AMBER = "complaint.late", "complaint.amber"
MOST_AT_ONCE = 500
"""A sweep that finds more owes the rest the next time."""


def tell_of_complaint(complaint: Complaint, *, by: User | None) -> None:
    """Nobody, where the first clock ran out long ago: it was written down later, or read from a file."""
    if complaint.first_contact_due <= timezone.now():
        return
    is_urgent = complaint.severity.code == URGENT
    people = _answering(complaint)
    if is_urgent:
        people = _once([*people, *_above(complaint), *_holding(complaint, Role.RISK_MANAGER)])
    notify(
        people,
        by=by,
        kind="complaint_urgent" if is_urgent else "complaint_received",
        params={
            "code": complaint.code,
            "due": words_in_each(lambda: moment(complaint.first_contact_due)),
        },
        url=complaint.get_absolute_url(),
        dedupe=f"complaint:{complaint.pk}",
    )


def derive_late_clocks(*, by: None = None) -> None:
    """Owe what each clock that ran out asks for, once; after a pause that moved it, once more."""
    with acting(by, f"{LATE}.owed"):
        now = timezone.now()
        for step in STEPS:
            _owe(LATE, step, Q(next_due__lt=now, **{f"{step}_due__lt": now}))


def derive_amber_clocks(*, by: None = None) -> None:
    """The same of each clock of which no more is left than AMBER leaves, before it runs out."""
    with acting(by, f"{AMBER}.owed"):
        now, work, severities = timezone.now(), working_time(), [*Severity.objects.all()]
        for step in STEPS:
            _owe(AMBER, step, _amber(step, severities, work, now))


def tell_late_clock(complaint: Complaint, step: str, due_at: datetime, *, by: None = None) -> None:
    """Nothing where it was done, paused or moved meanwhile."""
    with acting(by, "notice.sent"):
        if _runs(complaint, step, due_at):
            people = _once([*_answering(complaint), *_above(complaint)])
            _tell(people, "complaint_late", complaint, step, by)


def tell_amber_clock(complaint: Complaint, step: str, due_at: datetime, *, by: None = None) -> None:
    """Whoever answers it; nothing where it ran out meanwhile either: that is told by itself."""
    with acting(by, "notice.sent"):
        if _runs(complaint, step, due_at) and timezone.now() <= due_at:
            kind = "complaint_amber"
            if complaint.severity.code == URGENT:
                kind = "complaint_amber_urgent"
            _tell(_answering(complaint), kind, complaint, step, by)


def _tell(people: list[User], kind: str, complaint: Complaint, step: str, by: None) -> None:
    due_at = getattr(complaint, f"{step}_due")
    notify(
        people,
        by=by,
        kind=kind,
        params={
            "code": complaint.code,
            "step": words_in_each(lambda: STEPS[step]),
            "due": words_in_each(lambda: moment(due_at)),
        },
        url=complaint.get_absolute_url(),
        dedupe=_key(kind, complaint.pk, step, due_at),
    )


def _runs(complaint: Complaint, step: str, due_at: datetime) -> bool:
    is_moved = getattr(complaint, f"{step}_due") != due_at
    is_still = complaint.is_over or complaint.paused_at is not None
    return step in running(complaint) and not is_moved and not is_still


def _amber(step: str, severities: Sequence[Severity], work: WorkingTime, now: datetime) -> Q:
    """Due later than now, and no later than the minutes that are left of an amber clock reach."""
    found = Q(pk__in=[])
    for severity in severities:
        left = getattr(severity, step) * (1 - CLOCK_AMBER)
        reach = Counted(severity.clock, work).after(now, left)
        found |= Q(severity=severity, **{f"{step}_due__gte": now, f"{step}_due__lte": reach})
    return found


def _owe(work: str, step: str, condition: Q) -> None:
    """Once for each moment at which that step is due; those that are owed already left out in the query.

    What had run out before it was imported is nobody's news.
    """
    due = f"{step}_due"
    seconds = Cast(Floor(Extract(due, "epoch", tzinfo=UTC)), BigIntegerField())
    key = Concat(
        Value(f"{work}:"), Cast("pk", CharField()), Value(f":{step}:"), Cast(seconds, CharField())
    )
    owed = Work.objects.filter(dedupe=OuterRef("key"))
    ran_here = Q(imported_at=None) | Q(**{f"{due}__gt": F("imported_at")})
    running_ones = Complaint.objects.open().filter(
        condition, ran_here, paused_at=None, **{DONE_AT[step]: None}
    )
    found = running_ones.annotate(key=key).filter(~Exists(owed)).order_by("next_due", "pk")
    for pk, due_at in found.values_list("pk", due)[:MOST_AT_ONCE].iterator():
        payload = {"complaint": pk, "step": step, "due_at": due_at.isoformat()}
        owe_work(work, _key(work, pk, step, due_at), payload)


def _key(about: str, pk: int, step: str, due_at: datetime) -> str:
    return f"{about}:{pk}:{step}:{int(due_at.timestamp())}"


def _answering(complaint: Complaint) -> list[User]:
    """Its handler; before it has one customer service, and where there is none the risk managers."""
    handler = complaint.handler
    if handler and handler.is_active:
        return [handler]
    service = _holding(complaint, Role.CUSTOMER_SERVICE)
    return service or _holding(complaint, Role.RISK_MANAGER)


def _above(complaint: Complaint) -> list[User]:
    """The heads of its department, or of its handler's; where there is none the risk managers."""
    department = complaint.department_id
    if department is None and complaint.handler:
        department = complaint.handler.department_id
    heads = User.objects.holding(Role.DEPARTMENT_HEAD)
    found = [one for one in heads if one.roles.covers(department, Role.DEPARTMENT_HEAD)]
    return found or _holding(complaint, Role.RISK_MANAGER)


def _holding(complaint: Complaint, role: Role) -> list[User]:
    """Who has the role for the complaint's department, above it, or everywhere."""
    people = User.objects.holding(role)
    return [one for one in people if one.roles.covers(complaint.department_id, role)]


def _once(people: list[User]) -> list[User]:
    return list({one.pk: one for one in people}.values())
