"""Who hears of a complaint: whoever answers it when it comes in, and who is above once a clock ran out."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db.models import BigIntegerField, CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, Extract, Floor
from django.utils import timezone

from incidents.choices import URGENT
from incidents.complaints.deadlines import DONE_AT, running
from incidents.complaints.rows import STEPS
from incidents.models import Complaint
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.entry.day_words import moment, words_in_each
from riskhub.notices.services import notify
from riskhub.work.models import Work
from riskhub.work.services import owe_work

LATE = "complaint.late"
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
        for step in STEPS:
            for pk, due_at in _late(step, timezone.now()):
                key = _key(pk, step, due_at)
                owe_work(LATE, key, {"complaint": pk, "step": step, "due_at": due_at.isoformat()})


def tell_late_clock(complaint: Complaint, step: str, due_at: datetime, *, by: None = None) -> None:
    """Nothing where it was done, paused or moved meanwhile."""
    with acting(by, "notice.sent"):
        is_done = step not in running(complaint)
        is_moved = getattr(complaint, f"{step}_due") != due_at
        if is_done or is_moved or complaint.is_over or complaint.paused_at:
            return
        notify(
            _once([*_answering(complaint), *_above(complaint)]),
            by=by,
            kind="complaint_late",
            params={
                "code": complaint.code,
                "step": words_in_each(lambda: STEPS[step]),
                "due": words_in_each(lambda: moment(due_at)),
            },
            url=complaint.get_absolute_url(),
            dedupe=_key(complaint.pk, step, due_at),
        )


def _late(step: str, now: datetime) -> Iterator[tuple[int, datetime]]:
    """(key of the complaint, when it was due), those that are owed already left out.

    What had run out before it was imported is nobody's news.
    """
    due = f"{step}_due"
    seconds = Cast(Floor(Extract(due, "epoch", tzinfo=UTC)), BigIntegerField())
    key = Concat(
        Value(f"{LATE}:"), Cast("pk", CharField()), Value(f":{step}:"), Cast(seconds, CharField())
    )
    owed = Work.objects.filter(dedupe=OuterRef("key"))
    ran_here = Q(imported_at=None) | Q(**{f"{due}__gt": F("imported_at")})
    late = Complaint.objects.open().filter(
        ran_here, paused_at=None, next_due__lt=now, **{f"{due}__lt": now, DONE_AT[step]: None}
    )
    found = late.annotate(key=key).filter(~Exists(owed)).order_by("next_due", "pk")
    return found.values_list("pk", due)[:MOST_AT_ONCE].iterator()


def _key(pk: int, step: str, due_at: datetime) -> str:
    return f"{LATE}:{pk}:{step}:{int(due_at.timestamp())}"


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
