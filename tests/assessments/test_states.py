"""Every ordered pair of states is tried through `move`: it works exactly as the table says."""

from itertools import product

import pytest

from assessments.choices import (
    ACTION_NEXT_STATES,
    ASSESSMENT_NEXT_STATES,
    CYCLE_NEXT_STATES,
    DECIDED_PLAN_STATES,
    LIVE_PLAN_STATES,
    PLAN_NEXT_STATES,
    REASSESSMENT_NEXT_STATES,
    SCHEME_NEXT_STATES,
    ActionState,
    AssessmentState,
    CycleState,
    ReassessmentState,
    SchemeState,
)
from assessments.models import (
    Action,
    Assessment,
    MatrixScheme,
    ReassessmentTask,
    ResponsePlan,
    ReviewCycle,
)
from registers.choices import PlanState
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, can_move, move, move_all
from riskhub.company.calendar import Quarter

pytestmark = pytest.mark.django_db

# What the spec draws (2.6), written down once more by hand.
ASSESSMENT = {
    ("draft", "submitted"), ("submitted", "confirmed"), ("submitted", "rejected"),
    ("rejected", "draft"), ("confirmed", "superseded"),
}  # fmt: skip
PLAN = {
    ("draft", "submitted"), ("draft", "withdrawn"),
    ("draft", "approved"), ("changes_requested", "approved"),  # a further version was given up
    ("submitted", "approved"), ("submitted", "changes_requested"), ("submitted", "rejected"),
    ("submitted", "draft"), ("submitted", "withdrawn"),
    ("changes_requested", "draft"), ("changes_requested", "withdrawn"),
    ("approved", "in_progress"), ("approved", "draft"), ("approved", "expired"),
    ("approved", "withdrawn"),
    ("in_progress", "completed"), ("in_progress", "draft"), ("in_progress", "withdrawn"),
    ("completed", "closed"), ("completed", "draft"),
    ("completed", "in_progress"),  # an action was not done after all
    ("expired", "draft"), ("expired", "withdrawn"),
}  # fmt: skip
ACTION = {
    ("open", "doing"), ("open", "done"), ("open", "cancelled"),
    ("doing", "open"), ("doing", "done"), ("doing", "cancelled"),
    ("done", "verified"), ("done", "open"), ("cancelled", "open"),
}  # fmt: skip
CYCLE = {
    ("planned", "open"), ("open", "closing"), ("open", "closed"), ("closing", "open"),
    ("closing", "closed"),
}  # fmt: skip
REASSESSMENT = {("open", "done"), ("open", "waived")}
SCHEME = {
    ("draft", "submitted"), ("draft", "discarded"),
    ("submitted", "in_force"), ("submitted", "changes_requested"), ("submitted", "draft"),
    ("changes_requested", "draft"), ("changes_requested", "discarded"),
    ("in_force", "retired"),
}  # fmt: skip
MACHINES = [
    (Assessment, AssessmentState, ASSESSMENT, ASSESSMENT_NEXT_STATES),
    (ResponsePlan, PlanState, PLAN, PLAN_NEXT_STATES),
    (Action, ActionState, ACTION, ACTION_NEXT_STATES),
    (ReviewCycle, CycleState, CYCLE, CYCLE_NEXT_STATES),
    (ReassessmentTask, ReassessmentState, REASSESSMENT, REASSESSMENT_NEXT_STATES),
    (MatrixScheme, SchemeState, SCHEME, SCHEME_NEXT_STATES),
]
PAIRS = [
    pytest.param(
        model, a.value, b.value, (a.value, b.value) in drawn, id=f"{model.__name__}-{a}-{b}"
    )
    for model, states, drawn, _table in MACHINES
    for a, b in product(states, repeat=2)
]


@pytest.fixture(scope="module")
def rows():
    return {}


@pytest.fixture
def stored(request, monkeypatch):
    """A row in any state without its story: the table is tried, not what the database wants beside it."""

    def make(model, state):
        obj = model(pk=1, state=state)
        saved = []
        monkeypatch.setattr("riskhub.audit.transitions.lock_row", lambda row: row)
        monkeypatch.setattr(
            "riskhub.audit.transitions.save_fields",
            lambda row, **fields: (saved.append(fields), setattr(row, "state", fields["state"])),
        )
        return obj, saved

    return make


@pytest.mark.parametrize(("model", "before", "after", "is_drawn"), PAIRS)
def test_exactly_what_is_drawn_is_moved(model, before, after, is_drawn, stored):
    obj, saved = stored(model, before)
    assert can_move(obj, after) is is_drawn
    if is_drawn:
        assert move(obj, after).state == after
        assert saved == [{"state": after}]
        return
    with pytest.raises(WrongState):
        move(obj, after)
    assert (obj.state, saved) == (before, [])


@pytest.mark.parametrize(("model", "states", "drawn", "table"), MACHINES)
def test_the_tables_know_every_state(model, states, drawn, table):
    assert set(table) == set(states.values)
    assert model.next_states is table
    assert {(a, b) for a, following in table.items() for b in following} == drawn


def test_living_and_decided_plans():
    assert set(LIVE_PLAN_STATES) == set(PlanState.values) - {"closed", "rejected", "withdrawn"}
    assert set(DECIDED_PLAN_STATES) == {"approved", "in_progress", "completed", "closed"}


# ---------- the real thing, with rows ----------


@pytest.fixture
def cycles():
    return [
        ReviewCycle.objects.create(
            year=2026, quarter=n, state=state,
            opens_on=Quarter(2026, n).starts_on, closes_on=Quarter(2026, n).ends_on,
        )
        for n, state in enumerate(["open", "open", "closed"], start=1)
    ]  # fmt: skip


def test_many_move_together_or_not_at_all(cycles):
    with pytest.raises(WrongState) as refused, acting(None, "review_cycle.closing"):
        move_all(cycles, "closing")
    assert refused.value.object == cycles[2]
    assert [c.state for c in ReviewCycle.objects.order_by("quarter")] == ["open", "open", "closed"]
    with acting(None, "review_cycle.closing"):
        move_all(cycles[:2], "closing", closes_on=cycles[0].closes_on)
    assert [c.state for c in cycles] == ["closing", "closing", "closed"]
    assert (
        list(ReviewCycle.objects.filter(state="closing").values_list("closes_on", flat=True))
        == [cycles[0].closes_on] * 2
    )


def test_moving_none_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        move_all([], "closing")


def test_the_refusal_names_both_states_in_words(cycles):
    with pytest.raises(WrongState) as refused, acting(None, "review_cycle.opened"):
        move(cycles[2], "open")
    assert (refused.value.object, refused.value.to) == (cycles[2], "open")
