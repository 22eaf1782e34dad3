"""Drills: scheduled, held with a result, or not held and moved; and what they say of the plan."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from assessments.contingency.choices import DRILL_NEXT_STATES
from assessments.contingency.feasibility import months_after
from assessments.models import ContingencyPlan, Drill, DrillGap
from assessments.services import (
    DrillFound,
    GapFound,
    NotInForce,
    ScheduledAlready,
    hold_drill,
    miss_drill,
    retire_contingency_plan,
    schedule_drill,
)
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import StaleVersion
from riskhub.company.calendar import working_day_by
from riskhub.entry.day_words import day as in_words
from riskhub.entry.repeats import KeyReused
from tests.contingency import (
    at_once,
    days,
    drill,
    lose_next,
    make_contingency,
    put_on,
    stored,
)
from tests.registers.audit import Trail


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager, drill_months=6)


@pytest.fixture
def waiting(plan):
    return Drill.objects.get()


def test_one_that_passed_proves_the_plan_for_its_interval(plan, risk_manager):
    trail = Trail()
    held = drill(plan, by=risk_manager, took={1: 2, 2: None}, target_took=4, attendees="王芳")
    until = months_after(timezone.localdate(), 6)
    assert (held.state, held.result, held.proves_until) == ("held", "pass", until)
    assert held.timings == [
        {"seq": 1, "zh": "拨打120", "en": "Call 120", "target": 0, "took": 2},
        {"seq": 2, "zh": "派人到场", "en": "Send someone", "target": 30, "took": None},
    ]
    assert Drill.objects.scheduled().get().scheduled_on == working_day_by(until)
    assert stored(plan).feasibility == "proven"
    assert trail.events() == [
        ("drill.held", "assessments_drill", "update"),
        ("drill.held", "assessments_drill", "insert"),
    ]


def test_failed_opens_gaps_and_is_held_again_within_60_days(plan, risk_manager, second_manager):
    gaps = [GapFound(text="电话没人接", owner=second_manager, due_on=days(20))]
    drill(plan, "fail", by=risk_manager, gaps=gaps)
    assert DrillGap.objects.values_list("text", "owner", "due_on", "state").get() == (
        "电话没人接", second_manager.pk, days(20), "open",
    )  # fmt: skip
    assert Drill.objects.scheduled().get().scheduled_on == working_day_by(days(60))
    assert stored(plan).feasibility == "failed"
    drill(plan, by=risk_manager)
    assert stored(plan).feasibility == "proven"


def test_partly_proves_nothing(plan, risk_manager):
    drill(plan, by=risk_manager)
    drill(plan, "partly", by=risk_manager)
    assert stored(plan).feasibility == "unproven"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"held_on": days(1)}, "held_on"), ({"result": "good"}, "result"),
        ({"attendance": 0}, "attendance"), ({"result": "fail", "gaps": []}, "gaps"),
        ({"result": "fail", "next_on": days(61)}, "next_on"), ({"next_on": days(-1)}, "next_on"),
        ({"next_on": days(9000)}, "next_on"), ({"held_on": days(-1)}, "held_on"),
    ],
)  # fmt: skip
def test_what_cannot_be_recorded(plan, risk_manager, facts, field):
    with pytest.raises(ValidationError) as refusal:
        drill(plan, by=risk_manager, **facts)
    assert list(refusal.value.message_dict) == [field]
    assert Drill.objects.get().state == "scheduled"


@pytest.mark.parametrize("change", [{"text": " "}, {"due_on": days(-1)}, {"owner": None}])
def test_a_gap_has_text_owner_and_a_day_ahead(plan, risk_manager, outsider, change):
    facts = {"text": "缺", "owner": risk_manager, "due_on": days(5)} | change
    facts["owner"] = facts["owner"] or outsider
    with pytest.raises(ValidationError) as refusal:
        drill(plan, "fail", by=risk_manager, gaps=[GapFound(**facts)])
    assert list(refusal.value.message_dict) == ["gaps"]


def test_a_nearer_day_may_be_chosen(plan, risk_manager):
    drill(plan, "fail", by=risk_manager, next_on=days(14))
    assert Drill.objects.scheduled().get().scheduled_on == days(14)


def test_the_database_refuses_a_failure_without_gap(waiting, plan, risk_manager):
    with acting(risk_manager, "test"):
        Drill.objects.filter(pk=waiting.pk).update(
            state="held", result="fail", held_on=days(0), next_due_on=days(9),
            version=plan.in_force,
        )  # fmt: skip
    with pytest.raises(IntegrityError):
        at_once()


@pytest.mark.parametrize(
    "change",
    [
        {"state": "held"}, {"state": "held", "held_on": days(0), "next_due_on": days(9)},
        {"result": "pass"}, {"proves_until": days(9)}, {"state": "missed"}, {"state": "lost"},
    ],
)  # fmt: skip
def test_the_database_refuses_half_a_record(waiting, risk_manager, change):
    with acting(risk_manager, "test"), pytest.raises(IntegrityError), transaction.atomic():
        Drill.objects.filter(pk=waiting.pk).update(**change)


def test_what_was_held_stays_as_it_was(plan, risk_manager):
    held = drill(plan, "fail", by=risk_manager)
    for attack in (
        lambda: Drill.objects.filter(pk=held.pk).update(attendance=99),
        lambda: Drill.objects.filter(pk=held.pk).delete(),
        lambda: held.gaps.all().delete(),
    ):
        with acting(risk_manager, "test"), pytest.raises(DatabaseError), transaction.atomic():
            attack()


def test_overdue_it_is_not_proven_any_more(plan, risk_manager):
    """R-52: a plan whose drill is overdue shows "not proven"."""
    drill(plan, by=risk_manager)
    put_on(Drill.objects.scheduled().get(), days(-1))
    now, today = stored(plan), timezone.localdate()
    rows = ContingencyPlan.objects.with_drills()
    assert now.feasibility == "unproven"
    assert rows.drill_overdue(today).get() == plan
    assert rows.unproven(today).get() == plan
    assert not rows.proven(today).exists()


def test_after_its_interval_it_is_not_proven_any_more(plan, risk_manager):
    drill(plan, by=risk_manager)
    later = months_after(timezone.localdate(), 6)
    put_on(Drill.objects.scheduled().get(), later)
    now = stored(plan)
    assert now.feasibility_on(later) == "proven"
    assert now.feasibility_on(later + timedelta(1)) == "unproven"
    rows = ContingencyPlan.objects.with_drills()
    assert rows.proven(later).exists()
    assert rows.unproven(later + timedelta(1)).exists()
    assert not rows.without_drill_in_interval(later).exists()
    assert rows.without_drill_in_interval(later + timedelta(1)).exists()


def test_the_words_and_the_lists_say_the_same(risk_manager, ops):
    today = timezone.localdate()
    for result in ("", "pass", "partly", "fail"):
        made = make_contingency(ops, by=risk_manager)
        if result:
            drill(made, result, by=risk_manager)
    rows = ContingencyPlan.objects.with_drills()
    lists = {
        "proven": rows.proven(today),
        "unproven": rows.unproven(today),
        "failed": rows.failed(),
    }
    found = {word: {one.pk for one in found} for word, found in lists.items()}
    for plan in rows:
        assert [word for word, keys in found.items() if plan.pk in keys] == [plan.feasibility]
    assert rows.without_drill_in_interval(today).count() == 1


def test_only_what_people_act_by_is_drilled(risk_manager, ops, plan, waiting):
    other = make_contingency(ops, by=risk_manager, in_force=False)
    with pytest.raises(NotInForce):
        schedule_drill(other, by=risk_manager, on=days(5))
    with pytest.raises(ScheduledAlready) as refusal, override("en"):
        schedule_drill(plan, by=risk_manager, on=days(5))
    with override("en"):
        assert in_words(waiting.scheduled_on) in refusal.value.messages[0]
    retire_contingency_plan(plan, by=risk_manager, reason="停")
    with pytest.raises(NotInForce):
        miss_drill(waiting, by=risk_manager, reason="台风", next_on=days(5))


def test_scheduled_once_however_often_it_is_sent(plan, risk_manager):
    lose_next(plan)
    key = uuid4()
    first = schedule_drill(plan, by=risk_manager, on=days(5), client_uuid=key)
    assert schedule_drill(plan, by=risk_manager, on=days(5), client_uuid=key) == first
    with pytest.raises(KeyReused):
        schedule_drill(plan, by=risk_manager, on=days(6), client_uuid=key)
    assert first.kind == "tabletop"
    with acting(risk_manager, "test"), pytest.raises(IntegrityError), transaction.atomic():
        Drill.objects.create(plan=plan, kind="field", scheduled_on=days(7))


def test_not_held_and_moved(waiting, risk_manager):
    trail = Trail()
    with pytest.raises(ValidationError):
        miss_drill(waiting, by=risk_manager, reason=" ", next_on=days(7))
    with pytest.raises(ValidationError):
        miss_drill(waiting, by=risk_manager, reason="台风", next_on=days(-1))
    new = miss_drill(waiting, by=risk_manager, reason="台风", next_on=days(7))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.missed_reason) == ("rescheduled", "台风")
    assert (new.state, new.scheduled_on) == ("scheduled", days(7))
    assert [action for action, *_rest in trail.events()] == [
        "drill.missed", "drill.rescheduled", "drill.rescheduled",
    ]  # fmt: skip
    with pytest.raises(WrongState):
        miss_drill(waiting, by=risk_manager, reason="台风", next_on=days(7))


@pytest.mark.parametrize(
    ("state", "action", "works"),
    [
        ("scheduled", "hold", True), ("scheduled", "miss", True), ("held", "hold", False),
        ("held", "miss", False), ("missed", "hold", False), ("missed", "miss", False),
        ("rescheduled", "hold", False), ("rescheduled", "miss", False),
    ],
)  # fmt: skip
def test_state_by_action(plan, waiting, risk_manager, state, action, works):
    found = DrillFound(held_on=days(0), result="pass", attendance=3, took={1: 2})
    if state == "held":
        hold_drill(waiting, found, by=risk_manager)
    elif state != "scheduled":
        put_on(waiting, days(-1 if state == "missed" else 1))
        miss_drill(waiting, by=risk_manager, reason="台风", next_on=days(3))
    waiting.refresh_from_db()
    assert waiting.state == state
    does = {
        "hold": lambda: hold_drill(waiting, found, by=risk_manager),
        "miss": lambda: miss_drill(waiting, by=risk_manager, reason="台风", next_on=days(9)),
    }
    try:
        does[action]()
        done = True
    except WrongState:
        done = False
    assert done == works


def test_every_pair_of_states(plan, waiting, risk_manager):
    """By the one function that moves it: what the table does not name is refused."""
    facts = {
        "held": {"held_on": days(0), "result": "pass", "proves_until": days(9),
                 "next_due_on": days(9), "version": plan.in_force},
        "missed": {"missed_reason": "台风"},
        "rescheduled": {"missed_reason": "台风"}, "scheduled": {},
    }  # fmt: skip
    ways = {"scheduled": (), "held": ("held",), "missed": ("missed",),
            "rescheduled": ("missed", "rescheduled")}  # fmt: skip
    for before, allowed in DRILL_NEXT_STATES.items():
        for after in DRILL_NEXT_STATES:
            with acting(risk_manager, "test"), transaction.atomic():
                for step in ways[before]:
                    move(waiting, step, **facts[step])
                try:
                    moved = move(waiting, after, **facts[after]).state == after
                except WrongState:
                    moved = False
                assert moved == (after in allowed), (before, after)
                transaction.set_rollback(True)
            waiting.refresh_from_db()


def test_a_stale_page_is_refused(plan, waiting, risk_manager):
    found = DrillFound(held_on=days(0), result="pass", attendance=3, took={1: 2})
    with pytest.raises(StaleVersion):
        hold_drill(waiting, found, by=risk_manager, version=7)
