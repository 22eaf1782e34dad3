"""What of this package stands in the way of closing a department (its parts count) or a register."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext, ngettext_lazy, pgettext

from registers.models import Control, Register, Risk, RiskProposal
from registers.querysets import onlookers_of
from riskhub.accounts.choices import Role
from riskhub.accounts.closing import Blocker
from riskhub.accounts.models import Department, User

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
RISKS_OF_REGISTER = ngettext_lazy(
    "%(count)d risk is open in it. Close it, or merge it into a risk of another register.",
    "%(count)d risks are open in it. Close them, or merge them into risks of another register.",
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
    words = ngettext(
        "%(count)d filing waits for a decision: %(numbers)s.",
        "%(count)d filings wait for a decision: %(numbers)s.",
        len(found),
    ) % {"count": len(found), "numbers": listed([str(pk) for pk, _department in found])}
    if names := _keepers(theirs):
        who = gettext("To be decided by: %(names)s.") % {"names": names}
    else:
        who = gettext("Nobody decides there: give somebody the role of risk manager.")
    return [Blocker(gettext("%(waiting)s %(who)s") % {"waiting": words, "who": who})]


def _registers(within: QuerySet[Department, Any]) -> list[Blocker]:
    """By their codes, and who keeps them: whoever closes a department need not be one of those."""
    registers = Register.objects.active().filter(department__in=within).order_by("code")
    found = list(registers.values_list("code", "department"))
    if not found:
        return []
    words = ngettext(
        "%(count)d register belongs to it: %(codes)s. Give it to another department, or archive it.",
        "%(count)d registers belong to it: %(codes)s. Give them to other departments, or archive "
        "them.",
        len(found),
    ) % {"count": len(found), "codes": listed([code for code, _department in found])}
    theirs = Department.objects.filter(pk__in={department for _code, department in found})
    if names := _keepers(theirs):
        who = gettext("Kept by: %(names)s.") % {"names": names}
    else:
        who = gettext("Nobody keeps a register there: give somebody the role of risk manager.")
    said = gettext("%(waiting)s %(who)s") % {"waiting": words, "who": who}
    return [Blocker(said, reverse("registers:register_list"))]


def open_in_register(register: Register, user: User) -> list[Blocker]:
    """With the list of those that the user sees, and the departments of the others."""
    risks = Risk.objects.open().filter(register=register)
    seen = risks.visible_to(user)
    link = f"{reverse('registers:risk_list')}?register={register.code}"
    count = seen.count()
    blockers = [Blocker(RISKS_OF_REGISTER % {"count": count}, link)] if count else []
    others = list(
        risks.exclude(pk__in=seen.values("pk")).values_list("owner_department", flat=True)
    )
    if others:
        theirs = Department.objects.filter(pk__in=others).order_by("path")
        words = ngettext(
            "%(count)d open risk in it belongs to a department that you do not see: %(names)s. "
            "Ask its risk manager to close it.",
            "%(count)d open risks in it belong to departments that you do not see: %(names)s. "
            "Ask their risk managers to close them.",
            len(others),
        )
        names = listed([department.name for department in theirs])
        blockers.append(Blocker(words % {"count": len(others), "names": names}))
    return blockers


def _keepers(departments: QuerySet[Department]) -> str:
    """The risk managers of these, by name; empty where there is none."""
    people = onlookers_of(departments, [Role.RISK_MANAGER]).order_by("display_name", "pk")
    return listed([str(person) for person in people])


def listed(names: list[str]) -> str:
    """The first of them in one line."""
    shown = pgettext("between names", ", ").join(names[:_MOST])
    return shown if len(names) <= _MOST else f"{shown} …"
