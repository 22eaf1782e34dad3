"""Random people write matrices, and management decides on them."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from assessments.models import MatrixScheme
from assessments.schemes.in_force import grid_in_force
from assessments.schemes.permissions import can_decide_schemes, can_edit_schemes
from assessments.services.schemes import (
    decide_scheme,
    discard_scheme,
    recall_scheme,
    save_scheme,
    start_scheme,
    submit_scheme,
)
from tests.assessments.matrices import cautious, changed
from tests.assessments.reference.beside import Beside, mostly, people, require, tell_stories
from tests.assessments.reference.scheme_model import SchemeModel
from tests.builders import assess, make_risk

pytestmark = pytest.mark.django_db

texts = st.sampled_from(["cautious", "milder", "falls"])
backs = st.sampled_from([0, 0, 0, 1])


class Matrices(Beside):
    def __init__(self, cast, risk):
        super().__init__(cast)
        self.risk, self.model = risk, SchemeModel()
        self.contents = {
            "cautious": cautious(), "milder": changed(c23=0, c32=0), "falls": changed(c33=0),
        }  # fmt: skip

    @initialize(story=st.sampled_from(["", "s", "sc", "sa"]))
    def begun(self, story):
        usual = {
            "s": lambda: self.submitted("second", 0, True),
            "c": lambda: self.decided("boss", 0, False, True, True),
            "a": lambda: self.decided("approver", 0, True, True, False),
        }
        self.started("manager", "cautious")
        for step in story:
            usual[step]()

    @rule(who=people, text=texts)
    def started(self, who, text):
        user = self.cast[who]

        def step():
            require(can_edit_schemes(user))
            start_scheme(self.contents[text], by=user)

        may = self.model.may_start(who)
        self.both(may, step)
        if may:
            self.model.start(who, text)

    @rule(who=people, back=backs, text=texts, is_fresh=mostly)
    def saved(self, who, back, text, is_fresh):
        one = self.one(back)
        may = self.model.may_save(who, one, is_fresh)
        self.written(may, who, back, is_fresh, save_scheme, content=self.contents[text])
        if may:
            self.model.save(who, one, text)

    @rule(who=people, back=backs, is_fresh=mostly)
    def submitted(self, who, back, is_fresh):
        one = self.one(back)
        may = self.model.may_submit(who, one, is_fresh)
        self.written(may, who, back, is_fresh, submit_scheme)
        if may:
            self.model.submit(who, one)

    @rule(who=people, back=backs, is_fresh=mostly)
    def recalled(self, who, back, is_fresh):
        one = self.one(back)
        may = self.model.may_recall(who, one, is_fresh)
        self.written(may, who, back, is_fresh, recall_scheme)
        if may:
            one.state = "draft"

    @rule(who=people, back=backs, is_fresh=mostly)
    def discarded(self, who, back, is_fresh):
        one = self.one(back)
        may = self.model.may_discard(who, one, is_fresh)
        self.written(may, who, back, is_fresh, discard_scheme)
        if may:
            one.state = "discarded"

    @rule(who=people, back=backs, is_approved=mostly, is_shown=mostly, is_commented=mostly)
    def decided(self, who, back, is_approved, is_shown, is_commented):
        one, stored, user = self.one(back), self.stored(back), self.cast[who]
        said = {
            "decision": "approved" if is_approved else "changes",
            "content_hash": stored.content_hash if is_shown else "0" * 64,
            "comment": "看过" if is_commented else " ",
        }

        def step():
            require(can_decide_schemes(user))
            decide_scheme(stored, by=user, **said)

        may = self.model.may_decide(
            who, one, is_approved=is_approved, is_shown=is_shown, is_commented=is_commented
        )
        self.both(may, step)
        if may:
            self.model.decide(one, is_approved=is_approved)

    @invariant()
    def they_agree(self):
        states = MatrixScheme.objects.order_by("number").values_list("state", flat=True)
        assert list(states) == [one.state for one in self.model.made]
        self.risk.refresh_from_db()
        numbers = [n for n, one in enumerate(self.model.made, 1) if one.state == "in_force"]
        grid = grid_in_force()
        assert [grid.scheme] == numbers
        scores = self.risk.residual_probability, self.risk.residual_impact
        assert self.risk.residual_level == grid.cell(*scores).level
        for stored, one in zip(
            MatrixScheme.objects.order_by("number"), self.model.made, strict=True
        ):
            if one.text in self.contents:
                assert stored.content == self.contents[one.text].canonical()

    def one(self, back):
        """The last matrix, or the one before it."""
        return self.model.made[max(-1 - back, -len(self.model.made))]

    def stored(self, back):
        number = max(len(self.model.made) - back, 1)
        return MatrixScheme.objects.get(number=number)

    def written(self, may, who, back, is_fresh, service, **facts):
        stored, user = self.stored(back), self.cast[who]

        def step():
            require(can_edit_schemes(user))
            service(stored, by=user, version=stored.row_version - (not is_fresh), **facts)

        self.both(may, step)


def test_a_matrix_does_what_the_model_does(register, clean, cast):
    risk = make_risk(register, by=cast["manager"], department=clean)
    assess(risk, (2, 2), (2, 2), by=cast["manager"])
    tell_stories(lambda: Matrices(cast, risk), steps=20)
