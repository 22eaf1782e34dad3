"""Reports in the command bar: by their quarter, as people write it."""

import re

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from riskhub.accounts.models import User
from riskhub.reports.models import Report
from riskhub.search.registry import Hit, Provider, register_provider

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_QUARTER = re.compile(r"[Qq]\s?([1-4])|第?\s?([1-4一二三四])\s?季")
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_FIRST_MONTHS = {1: 1, 2: 4, 3: 7, 4: 10}


def register_hits() -> None:
    register_provider(
        Provider(
            key="reports", title=gettext_lazy("Reports"), order=35, model=Report,
            conditions=report_conditions, hit=report_hit, related=("snapshot",),
            ordering=("-snapshot__period_start", "-snapshot__revision", "locale"),
        )
    )  # fmt: skip


def report_conditions(text: str) -> list[Q]:
    """“2026”, “2026Q3”, “Q3 2026”, “2026 年第三季度”; nothing else names a report."""
    year, quarter = _YEAR.search(text), _QUARTER.search(text)
    if not year and not quarter:
        return []
    wanted = Q(snapshot__period_start__year=int(year[1])) if year else Q()
    if quarter:
        number = quarter[1] or quarter[2]
        month = _FIRST_MONTHS[_NUMBERS.get(number) or int(number)]
        wanted &= Q(snapshot__period_start__month=month)
    return [wanted]


def report_hit(_user: User, report: Report) -> Hit:
    meta = [
        str(report.get_locale_display()),
        _("revision %(number)s") % {"number": report.snapshot.revision},
    ]
    if not report.is_ready:
        meta.append(str(report.get_state_display()))
    return Hit(report.quarter_name, reverse("reports:report_detail", args=[report.pk]), meta=meta)
