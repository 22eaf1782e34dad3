"""What records may name, read once for all of them: by code, and by name in both languages."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import override

from incidents.choices import Channel
from incidents.models import ComplaintCategory, IncidentKind, Severity
from registers.models import Risk, ServiceLine
from riskhub.accounts.bilingual import Named, as_read
from riskhub.accounts.models import Department
from riskhub.company.business_calendar import working_time
from riskhub.company.working_time import WorkingTime

_ANSWERS = {
    as_read(word): answer
    for answer, words in {"yes": "yes y true 1 是 有", "no": "no n false 0 否 无"}.items()
    for word in words.split()
}
_Row = TypeVar("_Row", bound=Named)


@dataclass(frozen=True)
class Lists:
    """`now` and `zone` are those of the company; keys are spelt as `as_read` does."""

    now: datetime
    work: WorkingTime
    channels: Mapping[str, str]
    severities: Mapping[str, Severity]
    categories: Mapping[str, ComplaintCategory]
    departments: Mapping[str, Department]
    lines: Mapping[str, ServiceLine]
    kinds: Mapping[str, IncidentKind]
    risks: Mapping[str, Risk]
    answers: Mapping[str, str]

    @property
    def zone(self) -> ZoneInfo:
        return self.work.zone


def read_lists(risks: Collection[str] = ()) -> Lists:
    """A constant number of queries, however many records there are. `risks`: the codes that they name."""
    kinds = ComplaintCategory.objects.filter(parent__isnull=False).select_related("severity")
    return Lists(
        now=timezone.now(),
        work=working_time(),
        channels=words_of(Channel),
        severities=by_name(Severity.objects.all()),
        categories=by_name(kinds),
        departments=by_name(Department.objects.filter(is_active=True)),
        lines=by_name(ServiceLine.objects.filter(is_active=True)),
        kinds=by_name(IncidentKind.objects.all()),
        risks={as_read(one.code): one for one in Risk.objects.filter(code__in=risks)}
        if risks
        else {},
        answers=_ANSWERS,
    )


def by_name(rows: Iterable[_Row]) -> dict[str, _Row]:
    """A code goes before a name that reads the same."""
    listed = list(rows)
    names = {as_read(name): row for row in listed for name in (row.name_zh, row.name_en) if name}
    return names | {as_read(row.code): row for row in listed}  # type: ignore[attr-defined]  # all have one


def words_of(choices: type[TextChoices]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= {as_read(str(one.label)): one.value for one in choices}
    return found | {as_read(one.value): one.value for one in choices}
