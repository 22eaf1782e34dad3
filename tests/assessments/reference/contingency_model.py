"""Contingency plans, their drills and gaps as the spec draws them (2.4, 2.6, 2.8); nothing of the product."""

from dataclasses import dataclass, field

from tests.assessments.reference.people import ANSWERERS

RECORDERS = ANSWERERS | {"staff"}
"""Who answers for the plan, and the staff, who are its deputy."""


@dataclass
class Drill:
    state: str = "scheduled"
    result: str = ""
    version: int = 0
    """The number of what people acted by when it was held."""


@dataclass
class Gap:
    """Its owner is the head."""

    state: str = "open"
    doer: str = ""


@dataclass
class ContingencyModel:
    versions: list = field(default_factory=list)
    """Their states, in the order of their numbers."""
    is_whole: bool = True
    """The draft has trigger, responsible and steps."""
    drills: list = field(default_factory=list)
    gaps: list = field(default_factory=list)

    @property
    def is_in_force(self):
        return "in_force" in self.versions

    @property
    def scheduled(self):
        return next((one for one in self.drills if one.state == "scheduled"), None)

    @property
    def has_failed(self):
        held = [one for one in self.drills if one.state == "held"]
        return bool(held) and held[-1].result == "fail"

    @property
    def feasibility(self):
        held = [one for one in self.drills if one.state == "held"]
        if not held or held[-1].result == "partly":
            return "unproven"
        if self.has_failed:
            return "failed"
        return "proven" if held[-1].version == self.number_in_force else "unproven"

    @property
    def number_in_force(self):
        return self.versions.index("in_force") + 1

    def may_edit(self, who):
        return who in ANSWERERS

    def edit(self, *, is_whole):
        if "draft" not in self.versions:
            self.versions.append("draft")
        self.is_whole = is_whole

    def may_start(self, who):
        return who in ANSWERERS and "draft" in self.versions and self.is_whole

    def start(self):
        self.versions = ["retired" if one == "in_force" else one for one in self.versions]
        self.versions[-1] = "in_force"
        if not self.scheduled:
            self.drills.append(Drill())

    def may_retire(self, who, is_explained):
        return who in ANSWERERS and set(self.versions) != {"retired"} and is_explained

    def retire(self):
        self.versions = ["retired" for _one in self.versions]
        if self.scheduled:
            self.scheduled.state = "missed"

    def may_schedule(self, who):
        return who in ANSWERERS and self.is_in_force and not self.scheduled

    def schedule(self):
        self.drills.append(Drill())

    def _may_record(self, who):
        """The deputy is one only while the version that names them is in force."""
        return who in (RECORDERS if self.is_in_force else ANSWERERS)

    def may_hold(self, who, drill, result, gaps, *, done):
        """One of the two steps is done at most: where it passed it is, else a gap is named."""
        is_told = done if result == "pass" else gaps
        return self._may_record(who) and drill.state == "scheduled" and self.is_in_force and is_told

    def hold(self, drill, result, gaps):
        drill.state, drill.result, drill.version = "held", result, self.number_in_force
        self.gaps += [Gap() for _n in range(gaps)]
        self.drills.append(Drill())

    def may_miss(self, who, drill, *, is_explained, is_late):
        """Within the interval: 60 days after a failure, else a year."""
        may = self._may_record(who) and drill.state == "scheduled" and is_explained
        return may and self.is_in_force and not is_late

    def miss(self, drill):
        """Before its day it is moved."""
        drill.state = "rescheduled"
        self.drills.append(Drill())

    def may_finish(self, who, gap):
        return gap.state == "open" and who in ANSWERERS

    def may_judge_gap(self, who, gap):
        return gap.state == "done" and who in ANSWERERS and who != gap.doer
