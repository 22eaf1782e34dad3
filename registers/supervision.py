"""What the table of departments says of risks, filings and checks."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registers.models import Control, ControlCheck, Risk, RiskProposal
from registers.querysets import WITHOUT_PLAN, late_on
from riskhub.accounts.models import User
from riskhub.oversight.supervision import Column, Part

WINDOW = timedelta(days=90)
IN_TIME = timedelta(days=7)
"""Within so many days a filing should be decided."""
_DAYS_90 = _("in 90 days")


def risk_columns(user: User) -> list[Column]:
    """One query."""
    today = timezone.localdate()
    counted = _by(
        "owner_department", Risk.objects.visible_to(user).open(),
        open=Count("*"), bare=Count(Value(1), filter=WITHOUT_PLAN),
        late=Count(Value(1), filter=late_on(today)),
        planned=Count(Value(1), filter=Q(next_review_on__isnull=False)),
    )  # fmt: skip
    url = f"{reverse('registers:risk_list')}?department={{code}}"
    return [
        Column(_("Open risks"), _parts(counted, "open"), url),
        Column(
            _("Above appetite, no plan"), _parts(counted, "bare"), f"{url}&view=no_plan",
            is_alarm=True,
        ),
        Column(
            _("Overdue reviews"), _parts(counted, "late"), f"{url}&view=overdue", is_alarm=True
        ),
        Column(
            _("Reviews in time"),
            {
                key: Part(row["planned"] - row["late"], row["planned"])
                for key, row in counted.items()
            },
            is_share=True,
        ),
    ]  # fmt: skip


def filing_columns(user: User) -> list[Column]:
    """Of the last 90 days; one that waits and still has time is neither in time nor late. One query."""
    now = timezone.now()
    decided = Q(decided_at__isnull=False)
    in_time = decided & Q(decided_at__lte=F("submitted_at") + IN_TIME)
    judged = decided | Q(submitted_at__lt=now - IN_TIME)
    filed = RiskProposal.objects.visible_to(user).filter(submitted_at__gte=now - WINDOW)
    counted = _by(
        "department", filed,
        filed=Count("*"), in_time=Count(Value(1), filter=in_time), judged=Count(Value(1), filter=judged),
    )  # fmt: skip
    return [
        Column(_("Filings"), _parts(counted, "filed"), hint=_DAYS_90),
        Column(
            _("Decided within 7 days"), _parts(counted, "in_time", of="judged"), is_share=True
        ),
    ]  # fmt: skip


def check_columns(user: User) -> list[Column]:
    """What is overdue now, and how many of the checks of the last 90 days were done by their day."""
    today = timezone.localdate()
    late = _by(
        "owner_department", Control.objects.visible_to(user).overdue(today), late=Count("*")
    )  # fmt: skip
    done = _by(
        "control__owner_department",
        ControlCheck.objects.visible_to(user).filter(done_on__gte=today - WINDOW),
        in_time=Count(Value(1), filter=Q(done_on__lte=F("due_on"))), done=Count("*"),
    )  # fmt: skip
    return [
        Column(_("Checks overdue"), _parts(late, "late"), is_alarm=True),
        Column(
            _("Checks in time"), _parts(done, "in_time", of="done"), hint=_DAYS_90, is_share=True
        ),
    ]  # fmt: skip


def _by(department: str, rows: QuerySet[Any], **counts: Count) -> dict[int, dict[str, int]]:
    found = rows.order_by().values(department).annotate(**counts)
    return {row[department]: row for row in found}


def _parts(counted: Mapping[int, Mapping[str, int]], name: str, of: str = "") -> dict[int, Part]:
    return {key: Part(row[name], row[of] if of else 0) for key, row in counted.items()}
