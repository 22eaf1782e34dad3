"""Random people hand in a process change, have its risks judged and put it live."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from assessments.changes.permissions import (
    can_add_change_risk,
    may_cancel_change,
    may_decide_change,
    may_review_change,
    may_write_change,
)
from assessments.models import ChangeRisk, ProcessChange, ReassessmentTask
from assessments.permissions import may_waive_reassessment
from assessments.services import (
    add_change_risk,
    cancel_change,
    implement_change,
    ready_change,
    review_change,
    submit_change,
    take_on_change,
    waive_reassessment,
)
from tests.assessments.changing import EARLY, day, make_change
from tests.assessments.reference.beside import (
    Beside,
    mostly,
    people,
    require,
    sees,
    tell_stories,
)
from tests.assessments.reference.change_model import ChangeModel
from tests.builders import assess, make_risk

pytestmark = pytest.mark.django_db

RISKS = (0, 1)
STEPS = {
    "assessing": lambda change, by: take_on_change(change, by=by, version=change.row_version),
    "ready": lambda change, by: ready_change(change, by=by, version=change.row_version),
    "implemented": lambda change, by: implement_change(
        change, by=by, version=change.row_version, effective_on=day(0), early_reason=EARLY
    ),
    "reviewed": lambda change, by: review_change(
        change, by=by, version=change.row_version, outcome="worked", review="投诉减少"
    ),
}


class Changes(Beside):
    def __init__(self, cast, department, risks):
        super().__init__(cast)
        self.risks, self.model = risks, ChangeModel()
        self.change = make_change(department, by=cast["staff"])

    @initialize(story=st.sampled_from(["", "0", "s", "0sa", "01sa", "0saw", "0sawr", "0sawri"]))
    def begun(self, story):
        usual = {
            "0": lambda: self.added("staff", 0),
            "1": lambda: self.added("head", 1),
            "s": lambda: self.submitted("head", True),
            "a": lambda: self.stepped("manager", "assessing"),
            "w": lambda: self.waived("second", 0),
            "r": lambda: self.stepped("both", "ready"),
            "i": lambda: self.stepped("manager", "implemented"),
        }
        for step in story:
            usual[step]()

    @rule(who=people, risk=st.sampled_from(RISKS))
    def added(self, who, risk):
        change, user = self.now(), self.cast[who]

        def step():
            require(sees(ProcessChange, user, change), can_add_change_risk(user, change))
            add_change_risk(change, self.risks[risk], by=user)

        may = self.model.may_add(who)
        self.both(may, step)
        if may:
            self.model.add(risk)

    @rule(who=people, is_looked_at=mostly)
    def submitted(self, who, is_looked_at):
        change, user = self.now(), self.cast[who]

        def step():
            require(sees(ProcessChange, user, change), may_write_change(user, change))
            words = "逐条看过流程图和控制" if is_looked_at else " "
            submit_change(change, by=user, version=change.row_version, none_affected=words)

        may = self.model.may_submit(who, is_looked_at)
        self.both(may, step)
        if may:
            self.model.submit()

    @rule(who=people, to=st.sampled_from(sorted(STEPS)))
    def stepped(self, who, to):
        change, user = self.now(), self.cast[who]

        def step():
            may = may_review_change if to == "reviewed" else may_decide_change
            require(sees(ProcessChange, user, change), may(user, change))
            STEPS[to](change, user)

        expected = self.model.may_go(who, to)
        self.both(expected, step)
        if expected:
            self.model.go(who, to)

    @rule(who=people, is_explained=st.sampled_from([True, False, False]))
    def cancelled(self, who, is_explained):
        change, user = self.now(), self.cast[who]

        def step():
            require(sees(ProcessChange, user, change), may_cancel_change(user, change))
            reason = "不做了" if is_explained else " "
            cancel_change(change, by=user, version=change.row_version, reason=reason)

        may = self.model.may_cancel(who, is_explained)
        self.both(may, step)
        if may:
            self.model.cancel()

    @rule(who=people, risk=st.sampled_from(RISKS))
    def waived(self, who, risk):
        task, user = self.task(risk), self.cast[who]
        if task is None:  # the model has none either: see they_agree
            return

        def step():
            require(sees(ReassessmentTask, user, task), may_waive_reassessment(user, task))
            waive_reassessment(task, by=user, reason="现场看过，做法和评分都没有变")

        may = self.model.may_waive(who, risk)
        self.both(may, step)
        if may:
            self.model.tasks[risk] = "waived"

    @rule(risk=st.sampled_from(RISKS))
    def judged(self, risk):
        self.both(True, lambda: assess(self.risks[risk], (2, 2), (2, 2), by=self.cast["manager"]))
        if self.model.tasks.get(risk) == "open":
            self.model.tasks[risk] = "done"

    @invariant()
    def they_agree(self):
        assert self.now().state == self.model.state
        states = {risk: self.task(risk) for risk in RISKS}
        found = {risk: task.state for risk, task in states.items() if task}
        assert found == {risk: state for risk, state in self.model.tasks.items() if state}

    def now(self):
        return ProcessChange.objects.get(pk=self.change.pk)

    def task(self, risk):
        row = ChangeRisk.objects.filter(change=self.change, risk=self.risks[risk]).first()
        return row and row.task


def test_a_process_change_does_what_the_model_does(register, clean, cast):
    risks = [
        make_risk(register, by=cast["manager"], department=clean, title=f"风险 {n}") for n in RISKS
    ]
    tell_stories(lambda: Changes(cast, clean, risks), steps=20)
