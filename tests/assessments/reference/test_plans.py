"""Random people do random things to the plan of one risk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from assessments.models import ResponsePlan
from assessments.permissions import (
    can_finish_action,
    may_answer_for,
    may_decide,
    may_edit_plan,
    may_verify_action,
    may_write_plan,
)
from assessments.plans.content import PlanContent, PlannedAction
from assessments.services import (
    close_plan,
    create_plan,
    decide_plan,
    discard_version,
    finish_action,
    reopen_action,
    save_plan,
    start_action,
    submit_plan,
    verify_action,
    withdraw_plan,
)
from assessments.services.acceptances import expire_acceptance
from tests.assessments.reference.beside import (
    Beside,
    mostly,
    people,
    require,
    sees,
    tell_stories,
)
from tests.assessments.reference.people import WRITERS
from tests.assessments.reference.plan_model import OVER, PlanModel, RiskModel, Text, Version
from tests.builders import assess, make_risk

pytestmark = pytest.mark.django_db

HIGH, SMALL = (4, 3), (2, 2)
texts = st.one_of(
    st.builds(
        Text, number=st.integers(1, 2), has_target=st.booleans(),
        actions=st.sampled_from([frozenset({"a1"}), frozenset({"a1", "a2"}), frozenset()]),
    ),
    st.builds(
        Text, number=st.integers(1, 2), strategy=st.just("accept"), actions=st.just(frozenset()),
        has_target=st.booleans(), has_reason=mostly,
    ),
)  # fmt: skip
keys = st.sampled_from(["a1", "a1", "a2"])
decisions = st.sampled_from(["approved", "approved", "changes", "rejected"])


class Plans(Beside):
    def __init__(self, cast, risk):
        super().__init__(cast)
        self.row, self.model = risk, None

    @initialize(
        is_high=st.booleans(), text=texts,
        story=st.sampled_from(["", "s", "sa", "sc", "saf", "safv", "safwr", "saF", "saFV"]),
    )  # fmt: skip
    def begun(self, is_high, text, story):
        """At any place of the usual way, of which random steps alone would see the beginning."""
        self.risk = RiskModel(is_high=False)
        self.judged(is_high)
        self.written("manager", text)
        usual = {
            "s": lambda: self.submitted("head", True),
            "a": lambda: self.decided("approver", "approved", True, True),
            "c": lambda: self.decided("boss", "changes", True, True),
            "f": lambda: self.finished("staff", "a1", True),
            "v": lambda: self.verified("head", "a1"),
            "w": lambda: self.withdrawn("manager", True),
            "r": lambda: self.reopened("head", "a1"),
            "F": lambda: [self.finished("staff", key, True) for key in ("a1", "a2")],
            "V": lambda: [self.verified("second", key) for key in ("a1", "a2")],
        }
        for step in story:
            usual[step]()

    # ---------- the risk and its plan ----------

    @rule(is_high=st.booleans())
    def judged(self, is_high):
        pair = HIGH if is_high else SMALL
        assess(self.row, pair, pair, by=self.cast["manager"], confirmed_by=self.cast["second"])
        self.risk.is_high = is_high

    @rule(who=people, text=texts)
    def written(self, who, text):
        """A plan is begun where there is none that lives."""
        user, made = self.cast[who], []

        def step():
            require(sees(type(self.row), user, self.row))
            require(may_write_plan(user, self.row.owner_department_id))
            made.append(create_plan(self.row, by=user, content=self.content(text)))

        may = who in WRITERS and (self.model is None or self.model.state in OVER)
        self.both(may, step)
        if may:
            self.plan = made[0]
            self.model = PlanModel(self.risk, Version(1, text, {who}), who)

    @rule(who=people, text=texts, is_fresh=mostly)
    def saved(self, who, text, is_fresh):
        plan, user = self.now(), self.cast[who]

        def step():
            require(sees(ResponsePlan, user, plan), may_edit_plan(user, plan))
            version = plan.row_version - (not is_fresh)
            save_plan(plan, by=user, version=version, content=self.content(text))

        may = self.model.may_save(who, is_fresh)
        self.both(may, step)
        if may:
            self.model.save(who, text)

    @rule(who=people, is_fresh=mostly)
    def submitted(self, who, is_fresh):
        plan, user = self.now(), self.cast[who]

        def step():
            self.answers(user, plan)
            submit_plan(plan, by=user, version=plan.row_version - (not is_fresh))

        may = self.model.may_submit(who, is_fresh)
        self.both(may, step)
        if may:
            self.model.submit(who)

    @rule(who=people, decision=decisions, is_shown=mostly, is_commented=mostly)
    def decided(self, who, decision, is_shown, is_commented):
        plan, user = self.now(), self.cast[who]
        read = plan.head.content_hash if is_shown else "0" * 64

        def step():
            require(sees(ResponsePlan, user, plan))
            require(may_decide(user, plan.risk.owner_department_id))
            comment = "看过" if is_commented else " "
            decide_plan(plan, by=user, decision=decision, content_hash=read, comment=comment)

        may = self.model.may_decide(who, decision, is_shown=is_shown, is_commented=is_commented)
        self.both(may, step)
        if may:
            self.model.decide(decision)

    @rule(who=people, is_explained=mostly)
    def withdrawn(self, who, is_explained):
        may = self.model.may_withdraw(who, is_explained)
        if self.given_up(may, who, withdraw_plan, is_explained):
            self.model.withdraw()

    @rule(who=people, is_explained=mostly)
    def discarded(self, who, is_explained):
        may = self.model.may_discard(who, is_explained)
        if self.given_up(may, who, discard_version, is_explained):
            self.model.discard()

    def given_up(self, may, who, service, is_explained):
        plan, user = self.now(), self.cast[who]

        def step():
            self.answers(user, plan)
            service(plan, by=user, reason="不做" if is_explained else " ")

        self.both(may, step)
        return may

    @rule()
    def expired(self):
        plan = self.now()
        if plan.in_force:
            self.both(True, lambda: expire_acceptance(plan, plan.in_force))
            self.model.expire()

    @rule(who=people)
    def closed(self, who):
        plan, user = self.now(), self.cast[who]

        def step():
            self.answers(user, plan)
            close_plan(plan, by=user)

        may = self.model.may_close(who)
        self.both(may, step)
        if may:
            self.model.close()

    # ---------- actions ----------

    @rule(who=people, key=keys)
    def started(self, who, key):
        def step(action, user):
            require(can_finish_action(user, action))
            start_action(action, by=user)

        may = self.model.may_work(who, key, {"open"})
        if self.worked(may, who, key, step):
            self.model.rows[key].state = "doing"

    @rule(who=people, key=keys, is_noted=mostly)
    def finished(self, who, key, is_noted):
        def step(action, user):
            require(can_finish_action(user, action))
            finish_action(action, by=user, note="做完" if is_noted else " ")

        may = self.model.may_work(who, key, {"open", "doing"}) and is_noted
        if self.worked(may, who, key, step):
            self.model.finish(who, key)

    @rule(who=people, key=keys)
    def verified(self, who, key):
        def step(action, user):
            require(may_verify_action(user, action))
            verify_action(action, by=user)

        if self.worked(self.model.may_judge_action(who, key), who, key, step):
            self.model.judge_action(key, is_well=True)

    @rule(who=people, key=keys)
    def reopened(self, who, key):
        def step(action, user):
            require(may_verify_action(user, action))
            reopen_action(action, by=user, reason="没有做完")

        if self.worked(self.model.may_reopen(who, key), who, key, step):
            self.model.judge_action(key, is_well=False)

    def worked(self, may, who, key, step):
        """Whether there was such an action, and the step was to work."""
        plan, user = self.now(), self.cast[who]
        action = plan.actions.filter(key=key).first()
        if action is None:  # in the model neither: see they_agree
            return False

        def asked():
            require(sees(ResponsePlan, user, plan))
            step(action, user)

        self.both(may, asked)
        return may

    # ---------- both say the same ----------

    @invariant()
    def they_agree(self):
        if self.model is None:
            return
        plan, model = self.now(), self.model
        assert plan.state == model.state
        assert plan.head.number == model.head.number
        assert (plan.head.submitted_at is not None) is bool(model.head.submitter)
        assert plan.head.content == self.content(model.head.text).canonical()
        in_force = plan.in_force and plan.in_force.number
        assert in_force == (model.in_force and model.in_force.number)
        states = dict(plan.actions.values_list("key", "state"))
        assert states == {key: row.state for key, row in model.rows.items()}
        approved = plan.versions.filter(approvals__decision="approved")
        assert set(approved.values_list("number", flat=True)) == {
            one.number for one in model.versions if one.is_approved
        }
        assert plan.risk.state == self.risk.state

    def now(self):
        return ResponsePlan.objects.select_related("head", "in_force", "risk").get(pk=self.plan.pk)

    def answers(self, user, plan):
        require(sees(ResponsePlan, user, plan))
        require(may_answer_for(user, plan.risk.owner_department_id))

    def content(self, text):
        tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
        is_accepted = text.strategy == "accept"
        return PlanContent(
            text.strategy,
            objective=f"第 {text.number} 稿",
            target=SMALL if text.has_target else None,
            accept_reason="成本高于损失" if is_accepted and text.has_reason else "",
            accept_until=tomorrow if is_accepted else "",
            actions=tuple(
                PlannedAction(key, f"措施 {key}", self.cast["staff"].pk, tomorrow)
                for key in sorted(text.actions)
            ),
        )


def test_a_plan_does_what_the_model_does(register, clean, cast):
    risk = make_risk(register, by=cast["manager"], department=clean)
    tell_stories(lambda: Plans(cast, risk), steps=25)
