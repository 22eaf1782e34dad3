"""What the page of a control shows: the risks it acts on, what its checks have found, what may be done."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from registers.check_trend import check_trend
from registers.control_querysets import ControlQuerySet
from registers.models import (
    Control,
    ControlCheck,
    LibraryControl,
    LibraryRisk,
    Risk,
    RiskControl,
)
from registers.permissions import KEEPERS, answers_for, can_check_control, can_edit_control
from registers.querysets import RiskQuerySet, departments_of
from riskhub.accounts.models import User

TREND = 24
"""So many checks are in the picture; all of them are in the table."""


def page_of(control: Control, user: User) -> dict[str, Any]:
    """A fixed number of queries, whatever it acts on and however often it was checked."""
    links = links_of(control, user)
    return {
        "control": control,
        "links": [(link, link.risk.is_open and answers_for(user, link.risk.owner_department_id))
                  for link in links],
        "trend": check_trend(_latest(control)),
        "today": timezone.localdate(),
        "may_edit": can_edit_control(user, control),
        "may_check": control.is_in_use and can_check_control(user, control),
        "may_link": control.state != "retired" and linkable_risks(user).exists(),
    }  # fmt: skip


def links_of(control: Control, user: User) -> list[RiskControl]:
    """On risks that the user sees, open ones first, in the order of ranking."""
    links = RiskControl.objects.visible_to(user).filter(control=control).select_related("risk")
    ranked = links.order_by("risk__rank_key")
    return sorted(ranked, key=lambda link: not link.risk.is_open)


def linkable_risks(user: User) -> RiskQuerySet:
    """Open risks for which the user may say what protects them."""
    risks = Risk.objects.visible_to(user).open()
    return risks.filter(owner_department__in=departments_of(user, *KEEPERS))


def only_barriers(control: Control, user: User) -> list[Risk]:
    """The open risks that have no other control of this type in use."""
    risks = [link.risk for link in links_of(control, user) if link.risk.is_open]
    others = RiskControl.objects.filter(risk__in=risks, control__type=control.type)
    held = set(
        others.exclude(control=control)
        .filter(control__in=Control.objects.in_use())
        .values_list("risk", flat=True)
    )
    return [risk for risk in risks if risk.pk not in held]


def _latest(control: Control) -> Sequence[ControlCheck]:
    """The last ones, oldest first."""
    found = ControlCheck.objects.filter(control=control).newest_first()[:TREND]
    return list(found)[::-1]


def linkable_controls(risk: Risk, user: User) -> ControlQuerySet:
    """Those that the user sees, that are not retired and do not act on the risk yet."""
    linked = RiskControl.objects.filter(risk=risk).values("control")
    return Control.objects.visible_to(user).not_retired().exclude(pk__in=linked)


def offers_for(risk: Risk, links: Sequence[RiskControl]) -> list[LibraryControl]:
    """What the library names for the entry that the risk was adopted from, and is not linked."""
    origins = risk.origins.from_library().values("ref_id")
    named = LibraryRisk.objects.filter(code__in=origins)
    codes = {code for entry in named for code in entry.controls}
    linked = {link.control.library_code for link in links}
    return list(LibraryControl.objects.filter(code__in=codes - linked))
