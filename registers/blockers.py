"""What of this package stands in the way of closing a department; its parts count, as in the lists."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext, ngettext_lazy, pgettext

from registers.models import Control, Register, Risk, RiskProposal
from registers.querysets import onlookers_of
from riskhub.accounts.choices import Role
from riskhub.accounts.closing import Blocker
from riskhub.accounts.models import Department

RISKS = ngettext_lazy(
    "%(count)d risk is open. Close it or give it to another department.",
    "%(count)d risks are open. Close them or give them to other departments.",
    "count",
)
CONTROLS = ngettext_lazy(
    "%(count)d control is kept there. Retire it or give it to another department.",
    "%(count)d controls are kept there. Retire them or give them to other departments.",
    "count",
)
_MOST = 10


def open_in_department(department: Department) -> list[Blocker]:
    within = Department.objects.within(department).values("pk")
    risks = Risk.objects.open().filter(owner_department__in=within)
    controls = Control.objects.not_retired().filter(owner_department__in=within)
    return [
        *_counted(RISKS, risks, "registers:risk_list", department),
        *_counted(CONTROLS, controls, "registers:control_list", department),
        *_filings(within),
        *_registers(within),
    ]


def _counted(
    words: Any,  # noqa: ANN401 - a lazy plural, which has no type
    rows: QuerySet[Any],
    url: str,
    department: Department,
) -> list[Blocker]:
    """With the list of exactly those."""
    count = rows.count()
    link = f"{reverse(url)}?department={department.code}"
    return [Blocker(words % {"count": count}, link)] if count else []


def _filings(within: QuerySet[Department, Any]) -> list[Blocker]:
    """By their numbers, and who decides on them: the inbox holds those of others, too."""
    filings = RiskProposal.objects.filter(department__in=within)
    open_ones = (filings.waiting() | filings.asked()).order_by("pk")
    found = list(open_ones.values_list("pk", "department"))
    if not found:
        return []
    theirs = Department.objects.filter(pk__in={department for _pk, department in found})
    deciders = onlookers_of(theirs, [Role.RISK_MANAGER]).order_by("display_name", "pk")
    words = ngettext(
        "%(count)d filing waits for a decision: %(numbers)s.",
        "%(count)d filings wait for a decision: %(numbers)s.",
        len(found),
    ) % {"count": len(found), "numbers": _listed([str(pk) for pk, _department in found])}
    if names := [str(person) for person in deciders]:
        who = gettext("To be decided by: %(names)s.") % {"names": _listed(names)}
    else:
        who = gettext("Nobody decides there: give somebody the role of risk manager.")
    return [Blocker(gettext("%(waiting)s %(who)s") % {"waiting": words, "who": who})]


def _registers(within: QuerySet[Department, Any]) -> list[Blocker]:
    codes = list(
        Register.objects.active()
        .filter(department__in=within)
        .order_by("code")
        .values_list("code", flat=True)
    )
    if not codes:
        return []
    words = ngettext(
        "%(count)d register belongs to it: %(codes)s. Who keeps a register stays open.",
        "%(count)d registers belong to it: %(codes)s. Who keeps a register stays open.",
        len(codes),
    )
    return [Blocker(words % {"count": len(codes), "codes": _listed(codes)})]


def _listed(names: list[str]) -> str:
    shown = pgettext("between names", ", ").join(names[:_MOST])
    return shown if len(names) <= _MOST else f"{shown} …"
