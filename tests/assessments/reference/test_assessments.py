"""Random people judge a risk, confirm each other, and are asked to judge it again."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from assessments.models import Assessment
from assessments.permissions import may_answer_for, may_confirm, may_waive_reassessment
from assessments.services import (
    Scores,
    confirm_assessment,
    record_assessment,
    reject_assessment,
    waive_reassessment,
)
from tests.assessments.reassessing import ask_again
from tests.assessments.reference.assessment_model import LEVELS, AssessmentModel
from tests.assessments.reference.beside import (
    Beside,
    mostly,
    people,
    require,
    sees,
    tell_stories,
)
from tests.builders import cover, make_risk

pytestmark = pytest.mark.django_db

PAIRS = [((2, 2), (2, 2)), ((2, 3), (2, 3)), ((4, 3), (4, 3)), ((5, 5), (2, 2)), ((5, 5), (5, 5))]
REASONS = ["manual", "incident"]


class Judging(Beside):
    def __init__(self, cast, risk):
        super().__init__(cast)
        self.risk, self.model = risk, AssessmentModel()

    @initialize(pair=st.sampled_from(PAIRS), is_confirmed=st.booleans())
    def begun(self, pair, is_confirmed):
        self.asked("manual")
        self.recorded("head", pair, True)
        if is_confirmed:
            self.confirmed("second", 0)

    @rule(who=people, pair=st.sampled_from(PAIRS), is_quick=st.booleans())
    def recorded(self, who, pair, is_quick):
        user = self.cast[who]

        def step():
            require(sees(type(self.risk), user, self.risk))
            require(may_answer_for(user, self.risk.owner_department_id))
            record_assessment(
                self.risk, by=user, scores=Scores(*pair), rationale="按近三个月的服务记录评分。",
                method="qualitative" if is_quick else "matrix",
            )  # fmt: skip

        may = self.model.may_record(who)
        self.both(may, step)
        if may:
            self.model.record(who, *pair, is_quick=is_quick)

    @rule(who=people, back=st.sampled_from([0, 0, 0, 1]))
    def confirmed(self, who, back):
        """The last one, or one before it."""
        if len(self.model.made) <= back:
            return
        one, user = self.model.made[-1 - back], self.cast[who]
        stored = self.stored()[-1 - back]

        def step():
            require(sees(Assessment, user, stored))
            require(may_confirm(user, self.risk.owner_department_id))
            confirm_assessment(stored, by=user)

        may = self.model.may_confirm(who, one)
        self.both(may, step)
        if may:
            self.model.confirm(one)

    @rule(who=people, is_explained=mostly)
    def sent_back(self, who, is_explained):
        if not self.model.made:
            return
        one, user, stored = self.model.made[-1], self.cast[who], self.stored()[-1]

        def step():
            require(sees(Assessment, user, stored))
            reject_assessment(stored, by=user, reason="写清楚" if is_explained else " ")

        may = self.model.may_reject(who, one, is_explained)
        self.both(may, step)
        if may:
            one.state = "rejected"

    @rule(reason=st.sampled_from(REASONS))
    def asked(self, reason):
        self.both(True, lambda: ask_again(self.risk, reason))
        self.model.ask(reason)

    @rule(who=people, is_explained=mostly)
    def waived(self, who, is_explained):
        """The last task, in whatever state it is."""
        if not self.model.tasks:
            return
        task, user = self.model.tasks[-1], self.cast[who]
        stored = self.risk.reassessments.order_by("pk").last()

        def step():
            require(sees(type(stored), user, stored), may_waive_reassessment(user, stored))
            waive_reassessment(
                stored, by=user, reason="现场看过，评分没有变化" if is_explained else " "
            )

        may = self.model.may_waive(who, task, is_explained)
        self.both(may, step)
        if may:
            task.state = "waived"

    @invariant()
    def they_agree(self):
        made, model = self.stored(), self.model
        assert [one.state for one in made] == [one.state for one in model.made]
        assert [one.residual_level for one in made] == [LEVELS[one.residual] for one in model.made]
        tasks = self.risk.reassessments.order_by("pk").values_list("reason", "state")
        assert list(tasks) == [(task.reason, task.state) for task in model.tasks]
        self.risk.refresh_from_db()
        shown = (self.risk.residual_probability, self.risk.residual_impact)
        judged = model.confirmed
        assert shown == (judged.residual if judged else (None, None))
        assert self.risk.residual_level == (LEVELS[judged.residual] if judged else None)
        assert self.risk.state == ("assessed" if judged else "identified")

    def stored(self):
        return list(Assessment.objects.filter(risk=self.risk).select_related("risk").order_by("pk"))


def test_assessments_and_their_tasks_do_what_the_model_does(register, clean, cast):
    risk = make_risk(register, by=cast["manager"], department=clean)
    cover(risk, (5, 5), (2, 2), by=cast["manager"])
    tell_stories(lambda: Judging(cast, risk), steps=20)
