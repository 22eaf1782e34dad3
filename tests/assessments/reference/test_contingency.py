"""Random people write a contingency plan, put it in force, drill it and close what the drills found."""

from dataclasses import replace

import pytest
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from assessments.contingency.permissions import (
    can_edit_contingency,
    can_finish_gap,
    can_record_drill,
    can_verify_gap,
)
from assessments.models import ContingencyPlan, Drill, DrillGap
from assessments.services import (
    DrillFound,
    GapFound,
    edit_contingency_plan,
    finish_gap,
    hold_drill,
    miss_drill,
    put_in_force,
    reopen_gap,
    retire_contingency_plan,
    schedule_drill,
    verify_gap,
)
from tests.assessments.reference.beside import (
    Beside,
    mostly,
    people,
    require,
    sees,
    tell_stories,
)
from tests.assessments.reference.contingency_model import ContingencyModel
from tests.contingency import content, days, make_contingency, stored

pytestmark = pytest.mark.django_db

results = st.sampled_from(["pass", "partly", "fail"])
dones = st.sampled_from([1, 1, 1, 0])
backs = st.sampled_from([0, 0, 0, 1])


class Contingency(Beside):
    def __init__(self, cast, department):
        super().__init__(cast)
        self.department, self.model = department, ContingencyModel()
        self.plan = make_contingency(
            department, by=cast["manager"], in_force=False, said=self.content(True)
        )
        self.model.edit(is_whole=True)

    @initialize(story=st.sampled_from(["", "s", "sh", "shg", "sm", "se"]))
    def begun(self, story):
        usual = {
            "s": lambda: self.started("head"),
            "h": lambda: self.held("staff", 0, "fail", 2),
            "g": lambda: self.finished("head", 0),
            "m": lambda: self.missed("manager", 0, True, 5),
            "e": lambda: self.edited("second", False),
        }
        for step in story:
            usual[step]()

    # ---------- the plan ----------

    @rule(who=people, is_whole=mostly)
    def edited(self, who, is_whole):
        may = self.model.may_edit(who)

        def step(plan, user):
            said = self.content(is_whole)
            edit_contingency_plan(plan, said, by=user, version=plan.row_version)

        if self.kept(may, who, step):
            self.model.edit(is_whole=is_whole)

    @rule(who=people)
    def started(self, who):
        if self.kept(
            self.model.may_start(who), who, lambda plan, user: put_in_force(plan, by=user)
        ):
            self.model.start()

    @rule(who=people, is_explained=st.sampled_from([True, False, False]))
    def retired(self, who, is_explained):
        reason = "业务停止" if is_explained else " "

        def step(plan, user):
            retire_contingency_plan(plan, by=user, reason=reason)

        if self.kept(self.model.may_retire(who, is_explained), who, step):
            self.model.retire()

    @rule(who=people)
    def scheduled(self, who):
        def step(plan, user):
            schedule_drill(plan, by=user, on=days(20))

        if self.kept(self.model.may_schedule(who), who, step):
            self.model.schedule()

    # ---------- drills ----------

    @precondition(lambda self: self.model.drills)
    @rule(who=people, back=backs, result=results, gaps=st.integers(0, 2), done=dones)
    def held(self, who, back, result, gaps, done=1):
        drill = self.drill(back)

        def step(row, user):
            found = DrillFound(
                held_on=timezone.localdate(), result=result, attendance=6,
                took={2: 9 if done else None},
                gaps=[GapFound(text="电话没人接", owner=self.cast["head"], due_on=days(10))] * gaps,
            )  # fmt: skip
            hold_drill(row, found, by=user, version=row.row_version)

        if self.recorded(self.model.may_hold(who, drill, result, gaps, done=done), who, back, step):
            self.model.hold(drill, result, gaps)

    @precondition(lambda self: self.model.drills)
    @rule(who=people, back=backs, is_explained=mostly, on=st.sampled_from([5, 60, 61, 400]))
    def missed(self, who, back, is_explained, on):
        drill, limit = self.drill(back), 60 if self.model.has_failed else 365
        may = self.model.may_miss(who, drill, is_explained=is_explained, is_late=on > limit)

        def step(row, user):
            reason = "下雨" if is_explained else " "
            miss_drill(row, by=user, reason=reason, next_on=days(on))

        if self.recorded(may, who, back, step):
            self.model.miss(drill)

    # ---------- gaps ----------

    @precondition(lambda self: self.model.gaps)
    @rule(who=people, back=backs)
    def finished(self, who, back):
        gap = self.gap(back)

        def step(row, user):
            require(can_finish_gap(user, row))
            finish_gap(row, by=user, note="换了号码")

        if self.closed(self.model.may_finish(who, gap), who, back, step):
            gap.state, gap.doer = "done", who

    @precondition(lambda self: self.model.gaps)
    @rule(who=people, back=backs, is_well=st.booleans())
    def judged(self, who, back, is_well):
        gap = self.gap(back)

        def step(row, user):
            require(can_verify_gap(user, row))
            if is_well:
                verify_gap(row, by=user)
            else:
                reopen_gap(row, by=user, reason="还是没人接")

        if self.closed(self.model.may_judge_gap(who, gap), who, back, step):
            gap.state = "verified" if is_well else "open"

    # ---------- both say the same ----------

    @invariant()
    def they_agree(self):
        plan, model = stored(self.plan), self.model
        versions = plan.versions.order_by("number").values_list("state", flat=True)
        assert list(versions) == model.versions
        drills = plan.drills.order_by("pk").values_list("state", "result")
        assert list(drills) == [(one.state, one.result) for one in model.drills]
        gaps = DrillGap.objects.filter(drill__plan=plan).order_by("pk")
        assert list(gaps.values_list("state", flat=True)) == [one.state for one in model.gaps]
        if model.is_in_force:
            assert plan.feasibility == model.feasibility

    def drill(self, back):
        return self.model.drills[max(-1 - back, -len(self.model.drills))]

    def gap(self, back):
        return self.model.gaps[max(-1 - back, -len(self.model.gaps))]

    def kept(self, may, who, step):
        plan, user = stored(self.plan), self.cast[who]

        def asked():
            require(sees(ContingencyPlan, user, plan), can_edit_contingency(user, plan))
            step(plan, user)

        self.both(may, asked)
        return may

    def recorded(self, may, who, back, step):
        rows = list(stored(self.plan).drills.order_by("pk"))
        row, user = rows[max(-1 - back, -len(rows))], self.cast[who]

        def asked():
            require(sees(Drill, user, row), can_record_drill(user, row))
            step(row, user)

        self.both(may, asked)
        return may

    def closed(self, may, who, back, step):
        rows = list(DrillGap.objects.filter(drill__plan=self.plan).order_by("pk"))
        row, user = rows[max(-1 - back, -len(rows))], self.cast[who]

        def asked():
            require(sees(DrillGap, user, row))
            step(row, user)

        self.both(may, asked)
        return may

    def content(self, is_whole):
        said = content(self.department, deputy=self.cast["staff"])
        return said if is_whole else replace(said, steps=())


def test_a_contingency_plan_does_what_the_model_does(clean, cast):
    tell_stories(lambda: Contingency(cast, clean), steps=20)
