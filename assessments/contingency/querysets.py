"""Who sees which contingency plans, drills and gaps, and the words by which they are counted."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Self
from unicodedata import normalize

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.functions import Coalesce

from assessments.contingency.choices import DrillResult, DrillState, GapState, VersionState
from registers.choices import OPEN_STATES
from registers.querysets import READERS, risk_scope
from riskhub.accounts.models import User

if TYPE_CHECKING:
    from assessments.models import (  # noqa: F401 - named in quotes
        ContingencyPlan,
        Drill,
        DrillGap,
    )

_CODE = re.compile(r"[Cc][Pp]-?0*([1-9][0-9]{0,8})")
LIVE = (VersionState.DRAFT, VersionState.IN_FORCE)


def number_of_contingency(code: str) -> int | None:
    """However it is written: CP-03, cp3, ＣＰ－３."""
    match = _CODE.fullmatch(normalize("NFKC", code).strip())
    return int(match[1]) if match else None


def named_or_begun_by(word: str) -> Q:
    """Of plans: the word stands in a name, or in a trigger of what is in force or written."""
    triggers = _rows("ContingencyTrigger").filter(
        Q(text_zh__icontains=word) | Q(text_en__icontains=word),
        version__plan=OuterRef("pk"), version__state__in=LIVE,
    )  # fmt: skip
    return Q(name_zh__icontains=word) | Q(name_en__icontains=word) | Q(Exists(triggers))


def contingency_scope(user: User, prefix: str = "") -> Q:
    """The condition under which a plan is the user's to see; `prefix` leads to the plan (`plan__`).

    It belongs to a department of theirs, or somebody of such a department acts by it, or it answers a
    risk that they see.
    """
    roles = user.deciding_roles
    if roles.everywhere(*READERS):
        return Q()
    ids = roles.department_ids(*READERS)
    own = Q(pk__in=[])
    if ids:
        key = OuterRef(f"{prefix}pk" if prefix else "pk")
        live = Q(version__plan=key, version__state__in=LIVE)
        steps = _rows("ContingencyStep").filter(live, department__in=ids)
        held = _rows("ContingencyVersion").filter(
            Q(responsible_department__in=ids) | Q(deputy_department__in=ids),
            plan=key, state__in=LIVE,
        )  # fmt: skip
        links = _rows("ContingencyRisk").filter(plan=key, risk__owner_department__in=ids)
        own = Q(**{f"{prefix}owner_department__in": ids})
        own |= Q(Exists(steps)) | Q(Exists(held)) | Q(Exists(links))
    named = _rows("ContingencyVersion").filter(Q(responsible=user) | Q(deputy=user), state__in=LIVE)
    is_named = Q(**{f"{prefix}pk__in" if prefix else "pk__in": named.values("plan")})
    return own | is_named if roles.has(*READERS) else own


class ContingencyPlanQuerySet(models.QuerySet["ContingencyPlan"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(contingency_scope(user))

    def cards_visible_to(self, user: User) -> Self:
        """Whoever works here may have to act by it: those in force, of every department; the card alone."""
        return self.in_force() if user.is_active else self.none()

    def coded(self, code: str) -> Self:
        number = number_of_contingency(code)
        return self.filter(number=number) if number else self.none()

    def in_force(self) -> Self:
        """People act by them: they have a version in force."""
        return self.filter(Exists(_versions(VersionState.IN_FORCE)))

    def not_retired(self) -> Self:
        return self.filter(Exists(_versions(*LIVE)))

    def drafts(self) -> Self:
        """Something is not in force yet: a first version, or the next one."""
        return self.filter(Exists(_versions(VersionState.DRAFT)))

    def retired(self) -> Self:
        return self.exclude(Exists(_versions(*LIVE)))

    def with_drills(self) -> Self:
        """`last_result`, `last_held_on`, `proves_until` of the last drill held; `drill_on` of the next.

        A drill proves the version by which it was held, not the one that took its place since.
        """
        of_now = When(version__state=VersionState.IN_FORCE, then="proves_until")
        held = _drills(DrillState.HELD).order_by("-held_on", "-pk").annotate(proof=Case(of_now))
        scheduled = _drills(DrillState.SCHEDULED).order_by("scheduled_on", "pk")
        return self.annotate(
            last_result=Subquery(held.values("result")[:1]),
            last_held_on=Subquery(held.values("held_on")[:1]),
            proves_until=Subquery(held.values("proof")[:1]),
            drill_on=Subquery(scheduled.values("scheduled_on")[:1]),
        )

    def failed(self) -> Self:
        """Of those `with_drills()`."""
        return self.filter(last_result=DrillResult.FAIL)

    def proven(self, today: date) -> Self:
        """Of those `with_drills()`: the last one passed, its interval runs, and none is overdue."""
        on_time = Q(drill_on=None) | Q(drill_on__gte=today)
        return self.filter(on_time, last_result=DrillResult.PASS, proves_until__gte=today)

    def unproven(self, today: date) -> Self:
        """Of those `with_drills()`: neither proven nor failed."""
        proven = Q(last_result=DrillResult.PASS, proves_until__gte=today) & (
            Q(drill_on=None) | Q(drill_on__gte=today)
        )
        never = Q(last_result=None)
        unproved = Q(proves_until=None) | ~proven
        return self.filter(never | (~Q(last_result=DrillResult.FAIL) & unproved))

    def drill_overdue(self, today: date) -> Self:
        """Of those `with_drills()`."""
        return self.filter(drill_on__lt=today)

    def without_drill_in_interval(self, today: date) -> Self:
        """In force, and no drill was held within the interval: never, or it has run out."""
        recent = _drills(DrillState.HELD).filter(next_due_on__gte=today)
        return self.in_force().exclude(Exists(recent))

    def with_risks(self, user: User) -> Self:
        """`risk_count`: the open risks that it answers, as far as the user sees them."""
        links = _rows("ContingencyRisk").filter(
            risk_scope(user, "risk__"), plan=OuterRef("pk"), risk__state__in=OPEN_STATES
        )
        count = links.order_by().values("plan").annotate(n=models.Count("pk")).values("n")
        zero = models.Value(0)
        return self.annotate(risk_count=Coalesce(Subquery(count), zero))

    def for_list(self) -> Self:
        """With the versions that people act by or work on."""
        versions = _rows("ContingencyVersion").filter(state__in=LIVE).order_by("number")
        versions = versions.select_related(
            "responsible", "responsible_department", "deputy", "deputy_department"
        )
        return (
            self.select_related("owner_department")
            .with_drills()
            .prefetch_related(Prefetch("versions", versions, to_attr="live_versions"))
        )


class DrillQuerySet(models.QuerySet["Drill"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(contingency_scope(user, "plan__"))

    def scheduled(self) -> Self:
        return self.filter(state=DrillState.SCHEDULED)

    def held(self) -> Self:
        return self.filter(state=DrillState.HELD)

    def overdue(self, today: date) -> Self:
        """From the day after it should have been held."""
        return self.scheduled().filter(scheduled_on__lt=today)

    def for_list(self) -> Self:
        return self.select_related("plan__owner_department", "version", "recorded_by")


class DrillGapQuerySet(models.QuerySet["DrillGap"]):
    def visible_to(self, user: User) -> Self:
        """With those that bear one's own name."""
        scope = contingency_scope(user, "drill__plan__")
        return self.filter(scope | Q(owner=user)) if scope else self.all()

    def open(self) -> Self:
        return self.filter(state=GapState.OPEN)


def _versions(*states: str) -> models.QuerySet[Any]:
    return _rows("ContingencyVersion").filter(plan=OuterRef("pk"), state__in=states)


def _drills(state: str) -> models.QuerySet[Any]:
    return _rows("Drill").filter(plan=OuterRef("pk"), state=state)


def _rows(model: str) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = apps.get_model("assessments", model)._default_manager.all()
    return rows
