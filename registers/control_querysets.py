"""Who sees which controls, links and checks, and the words by which they are counted."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Self
from unicodedata import normalize

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery

from registers.choices import OPEN_STATES, ControlState, Effectiveness
from registers.querysets import READERS, risk_scope
from riskhub.accounts.models import User

if TYPE_CHECKING:
    from registers.models import Control, ControlCheck, RiskControl  # noqa: F401 - named in quotes

_CODE = re.compile(r"[Cc]-?0*([1-9][0-9]{0,8})")


def number_of_control(code: str) -> int | None:
    """However it is written: C-03, c3, Ｃ－３."""
    match = _CODE.fullmatch(normalize("NFKC", code).strip())
    return int(match[1]) if match else None


def control_scope(user: User, prefix: str = "") -> Q:
    """The condition under which a control is the user's to see: its department's, or a seen risk's.

    `prefix` leads to the control (`control__`).
    """
    if user.deciding_roles.everywhere(*READERS):
        return Q()
    ids = user.deciding_roles.department_ids(*READERS)
    if not ids:
        return Q(pk__in=[])
    key = f"{prefix}pk" if prefix else "pk"
    linked = _rows("RiskControl").filter(control=OuterRef(key), risk__owner_department__in=ids)
    return Q(**{f"{prefix}owner_department__in": ids}) | Q(Exists(linked))


class ControlQuerySet(models.QuerySet["Control"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(control_scope(user))

    def coded(self, code: str) -> Self:
        """The control of that code, however it is written: C-03, c3; or none."""
        number = number_of_control(code)
        return self.filter(number=number) if number else self.none()

    def in_use(self) -> Self:
        return self.filter(state=ControlState.ACTIVE)

    def not_retired(self) -> Self:
        return self.exclude(state=ControlState.RETIRED)

    def overdue(self, today: date) -> Self:
        """In use, and the day of the check has passed."""
        return self.in_use().filter(next_check_on__lt=today)

    def due_until(self, day: date) -> Self:
        """In use, and to be checked by that day; the overdue ones are among them."""
        return self.in_use().filter(next_check_on__lte=day)

    def owned_by(self, user: User) -> Self:
        return self.filter(owner=user)

    def with_last_check(self) -> Self:
        """`last_done_on`, `last_result`, `last_sample`, `last_exceptions`: None where never checked."""
        last = _rows("ControlCheck").filter(control=OuterRef("pk")).order_by("-done_on", "-id")
        return self.annotate(
            last_done_on=Subquery(last.values("done_on")[:1]),
            last_result=Subquery(last.values("effectiveness")[:1]),
            last_sample=Subquery(last.values("sample_size")[:1]),
            last_exceptions=Subquery(last.values("exceptions")[:1]),
        )

    def ineffective(self) -> Self:
        """In use, and the last check found that it does not work."""
        return self.in_use().with_last_check().filter(last_result=Effectiveness.INEFFECTIVE)

    def with_risks(self, user: User) -> Self:
        """`risk_count`: how many open risks that the user sees it acts on."""
        links = _rows("RiskControl").visible_to(user).of_open_risks().filter(control=OuterRef("pk"))
        counted = links.order_by().values("control").annotate(n=Count("*")).values("n")
        return self.annotate(risk_count=models.functions.Coalesce(Subquery(counted), 0))

    def for_list(self) -> Self:
        return self.with_last_check().select_related("owner_department", "owner")

    def tally(self, conditions: dict[str, Q]) -> dict[str, int]:
        """How many there are (`all`), and how many meet each condition: one query."""
        counts = {name: Count("pk", filter=q) for name, q in conditions.items()}
        return self.order_by().aggregate(all=Count("*"), **counts)


class RiskControlQuerySet(models.QuerySet["RiskControl"]):
    def visible_to(self, user: User) -> Self:
        """With the risk, whoever the control belongs to."""
        return self.filter(risk_scope(user, "risk__"))

    def of_open_risks(self) -> Self:
        return self.filter(risk__state__in=OPEN_STATES)

    def with_controls(self) -> Self:
        """Each with its control and that one's last check: one more query."""
        return self.prefetch_related(Prefetch("control", queryset=_rows("Control").for_list()))


class ControlCheckQuerySet(models.QuerySet["ControlCheck"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(control_scope(user, "control__"))

    def newest_first(self) -> Self:
        return self.order_by("-done_on", "-id")


def _rows(model: str) -> Any:  # noqa: ANN401 - the queryset of a model of this package
    return apps.get_model("registers", model)._default_manager.all()
