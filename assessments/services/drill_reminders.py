"""Drills that come and drills that are overdue: owed by the calendar, told once."""

from datetime import date

from django.utils import timezone

from assessments.contingency.choices import DrillState
from assessments.models import Drill
from assessments.models.drill import NEAR
from registers.permissions import KEEPERS, only_reads
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.company.preferences import company_zone
from riskhub.entry.day_words import day_in_each
from riskhub.notices.services import notify
from riskhub.work.models import Work
from riskhub.work.services import owe_work

REMIND = "drill.remind"
SOON, LATE = "soon", "late"


def derive_drill_reminders(*, by: None = None) -> None:
    """Owe one two weeks before each drill and one once it is overdue; each only once, ever."""
    with acting(by, f"{REMIND}.owed"):
        today = timezone.localdate(timezone=company_zone())
        coming = Drill.objects.scheduled().filter(scheduled_on__lte=today + NEAR)
        keys = {
            f"{REMIND}:{pk}:{step}": {"drill": pk, "step": step}
            for pk, on in coming.values_list("pk", "scheduled_on")
            for step in [LATE if on < today else SOON]
        }
        owed = set(Work.objects.filter(dedupe__in=keys).values_list("dedupe", flat=True))
        for key in keys.keys() - owed:
            owe_work(REMIND, key, keys[key], by=by)


def remind_of_drill(drill: Drill, step: str, *, by: None = None) -> None:
    """Nothing where it was held or moved meanwhile."""
    with acting(by, "notice.sent"):
        today = timezone.localdate(timezone=company_zone())
        if drill.state != DrillState.SCHEDULED or _step(drill.scheduled_on, today) != step:
            return
        plan = drill.plan
        notify(
            _answering(drill),
            by=by,
            kind="drill_overdue" if step == LATE else "drill_due",
            params={
                "plan": plan.code,
                "title": {"zh-hans": plan.name_zh, "en": plan.name_en or plan.name_zh},
                "day": day_in_each(drill.scheduled_on),
            },
            url=drill.get_absolute_url(),
            dedupe=f"{REMIND}:{drill.pk}:{step}",
        )


def _step(on: date, today: date) -> str:
    return LATE if on < today else SOON


def _answering(drill: Drill) -> list[User]:
    """Whom the version in force names, and those who keep the plan."""
    keepers = User.objects.holding(*KEEPERS)
    department = drill.plan.owner_department_id
    found = {one.pk: one for one in keepers if one.roles.covers(department, *KEEPERS)}
    version = drill.plan.in_force
    named = (version.responsible, version.deputy) if version else ()
    return [
        *found.values(),
        *(
            one for one in named
            if one and one.is_active and one.pk not in found and not only_reads(one)
        ),
    ]  # fmt: skip
