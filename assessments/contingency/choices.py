"""Words of contingency plans and their drills, and the tables of their states."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VersionState(TextChoices):
    """Of one version of a contingency plan: a plan has one draft and one version in force at most."""

    DRAFT = "draft", pgettext_lazy("contingency plan", "Draft")
    IN_FORCE = "in_force", pgettext_lazy("contingency plan", "In force")
    RETIRED = "retired", pgettext_lazy("contingency plan", "Retired")


# A draft is retired with its plan; a version in force when the next one takes its place.
VERSION_NEXT_STATES: dict[str, frozenset[str]] = {
    VersionState.DRAFT: frozenset({VersionState.IN_FORCE, VersionState.RETIRED}),
    VersionState.IN_FORCE: frozenset({VersionState.RETIRED}),
    VersionState.RETIRED: frozenset(),
}


class Feasibility(TextChoices):
    """Derived from the drills, never entered."""

    UNPROVEN = "unproven", _("Not proven")
    PROVEN = "proven", _("Proven")
    FAILED = "failed", _("Failed")


class DrillEvery(IntegerChoices):
    HALF_A_YEAR = 6, _("every 6 months")
    YEAR = 12, _("every 12 months")


class DrillKind(TextChoices):
    TABLETOP = "tabletop", _("At the table")
    FIELD = "field", _("On site")


class DrillState(TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    HELD = "held", _("Held")
    MISSED = "missed", _("Not held")
    RESCHEDULED = "rescheduled", _("Moved to another day")


DRILL_NEXT_STATES: dict[str, frozenset[str]] = {
    DrillState.SCHEDULED: frozenset({DrillState.HELD, DrillState.MISSED}),
    DrillState.HELD: frozenset(),
    DrillState.MISSED: frozenset({DrillState.RESCHEDULED}),
    DrillState.RESCHEDULED: frozenset(),
}


class DrillResult(TextChoices):
    PASS = "pass", _("Passed")
    PARTLY = "partly", _("Partly")
    FAIL = "fail", _("Failed")


class GapState(TextChoices):
    OPEN = "open", pgettext_lazy("gap of a drill", "Open")
    DONE = "done", pgettext_lazy("gap of a drill", "Closed, to be verified")
    VERIFIED = "verified", _("Verified")


GAP_NEXT_STATES: dict[str, frozenset[str]] = {
    GapState.OPEN: frozenset({GapState.DONE}),
    GapState.DONE: frozenset({GapState.VERIFIED, GapState.OPEN}),
    GapState.VERIFIED: frozenset(),
}
