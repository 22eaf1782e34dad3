"""A contingency plan is written, put in force, changed by its next version, and retired."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessments.contingency.choices import VERSION_NEXT_STATES
from assessments.models import ContingencyPlan, ContingencyStep, ContingencyVersion, Drill
from assessments.services import (
    ContingencyIncomplete,
    StepText,
    TriggerText,
    edit_contingency_plan,
    put_in_force,
    retire_contingency_plan,
    share_card,
)
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import StaleVersion
from riskhub.entry.repeats import KeyReused
from tests.contingency import at_once, content, make_contingency, stored
from tests.registers.audit import Trail

TABLE = "assessments_contingencyversion"


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager)


@pytest.fixture
def draft(risk_manager, ops):
    return make_contingency(ops, by=risk_manager, in_force=False)


def texts(version):
    return [(step.seq, step.minute, step.text_zh) for step in version.steps.all()]


def test_a_draft_with_the_next_number(draft, ops):
    assert (draft.code, draft.state, draft.owner_department) == ("CP-101", "draft", ops)
    assert [one.text_zh for one in draft.draft.triggers.all()] == ["有人受伤"]
    assert texts(draft.draft) == [(1, 0, "拨打120"), (2, 30, "派人到场")]
    assert not ContingencyPlan.objects.in_force().exists()


def test_steps_stand_in_the_order_of_their_minutes(risk_manager, ops):
    said = content(ops, steps=[StepText(minute=60, text_zh="后"), StepText(minute=5, text_zh="先")])
    made = make_contingency(ops, by=risk_manager, said=said)
    assert texts(made.in_force) == [(1, 5, "先"), (2, 60, "后")]


def test_sent_twice_is_one(risk_manager, ops):
    key = uuid4()
    first = make_contingency(ops, by=risk_manager, in_force=False, client_uuid=key)
    assert make_contingency(ops, by=risk_manager, in_force=False, client_uuid=key) == first
    with pytest.raises(KeyReused):
        make_contingency(ops, by=risk_manager, client_uuid=key, name_zh="别的")
    assert ContingencyPlan.objects.count() == 1


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"triggers": []}, "至少一个触发条件"), ({"steps": []}, "至少一个步骤"),
        ({"responsible_department": None}, "负责"),
    ],
)  # fmt: skip
def test_not_in_force_without(risk_manager, ops, missing, words):
    made = make_contingency(ops, by=risk_manager, in_force=False, said=content(ops, **missing))
    with pytest.raises(ContingencyIncomplete) as refusal:
        put_in_force(made, by=risk_manager)
    (sentence,) = refusal.value.messages
    assert words in sentence
    assert stored(made).state == "draft"


@pytest.mark.parametrize(
    "missing", [{"triggers": []}, {"steps": []}, {"responsible_department": None}]
)
def test_the_database_refuses_it_too(risk_manager, ops, missing):
    made = make_contingency(ops, by=risk_manager, in_force=False, said=content(ops, **missing))
    with acting(risk_manager, "test"):
        ContingencyVersion.objects.filter(plan=made).update(
            state="in_force", in_force_from="2026-01-01"
        )
    with pytest.raises(IntegrityError):
        at_once()


def test_in_force_with_a_first_drill(draft, risk_manager):
    trail = Trail()
    put_in_force(draft, by=risk_manager)
    now = stored(draft)
    assert (now.state, now.draft, now.feasibility) == ("in_force", None, "unproven")
    assert ContingencyPlan.objects.in_force().get() == draft
    assert Drill.objects.get().state == "scheduled"
    assert trail.events() == [
        ("contingency.put_in_force", TABLE, "update"),
        ("drill.scheduled", "assessments_drill", "insert"),
        ("contingency.put_in_force", "assessments_contingencyplan", "update"),
    ]


def test_edited_the_version_in_force_stays_until_the_next_one(plan, risk_manager, ops):
    said = content(ops, steps=[StepText(minute=1, text_zh="新")])
    edit_contingency_plan(plan, said, by=risk_manager, version=plan.row_version)
    now = stored(plan)
    assert (texts(now.in_force)[0][2], texts(now.draft)) == ("拨打120", [(1, 1, "新")])
    assert (now.in_force.number, now.draft.number, now.state) == (1, 2, "in_force")
    edit_contingency_plan(now, content(ops), by=risk_manager, version=now.row_version)
    assert stored(plan).draft.number == 2
    put_in_force(plan, by=risk_manager)
    assert list(plan.versions.values_list("number", "state")) == [(1, "retired"), (2, "in_force")]
    assert Drill.objects.count() == 1


def test_names_hold_at_once(plan, risk_manager, ops, clean):
    edit_contingency_plan(
        plan, content(ops), by=risk_manager, version=plan.row_version, name_zh="新名",
        owner_department=clean, drill_months=6,
    )  # fmt: skip
    now = stored(plan)
    assert (now.name_zh, now.owner_department, now.drill_months) == ("新名", clean, 6)
    with pytest.raises(ValidationError):
        edit_contingency_plan(now, content(ops), by=risk_manager, version=None, drill_months=7)


def test_a_stale_version_is_refused(plan, risk_manager, ops):
    edit_contingency_plan(plan, content(ops), by=risk_manager, version=plan.row_version)
    with pytest.raises(StaleVersion):
        edit_contingency_plan(plan, content(ops), by=risk_manager, version=plan.row_version)


@pytest.mark.parametrize(
    "said",
    [
        {"steps": [StepText(minute=0)]}, {"triggers": [TriggerText()]},
        {"steps": [StepText(minute=50_000, text_zh="晚")]},
        {"steps": [StepText(minute=0, text_zh="多")] * 41}, {"drill_kind": "nothing"},
    ],
)  # fmt: skip
def test_what_cannot_be_written(plan, risk_manager, ops, said):
    with pytest.raises(ValidationError):
        edit_contingency_plan(plan, content(ops, **said), by=risk_manager, version=None)
    assert stored(plan).draft is None


def test_retired_with_its_drill_and_begun_anew(plan, risk_manager, ops):
    edit_contingency_plan(plan, content(ops), by=risk_manager, version=None)
    with pytest.raises(ValidationError):
        retire_contingency_plan(plan, by=risk_manager, reason=" ")
    retire_contingency_plan(plan, by=risk_manager, reason="并入 CP-02")
    now = stored(plan)
    assert (now.state, now.shown.number) == ("retired", 2)
    assert ContingencyPlan.objects.retired().get() == plan
    assert list(Drill.objects.values_list("state", "missed_reason")) == [("missed", "并入 CP-02")]
    with pytest.raises(ContingencyIncomplete):
        retire_contingency_plan(plan, by=risk_manager, reason="再来")
    with pytest.raises(ContingencyIncomplete):
        put_in_force(plan, by=risk_manager)
    edit_contingency_plan(now, content(ops), by=risk_manager, version=None)
    put_in_force(plan, by=risk_manager)
    assert stored(plan).in_force.number == 3


def test_every_pair_of_states(plan, risk_manager, ops):
    """State x state of a version, by the one function that moves it."""
    edit_contingency_plan(plan, content(ops), by=risk_manager, version=None)
    for before, allowed in VERSION_NEXT_STATES.items():
        for after in VERSION_NEXT_STATES:
            with acting(risk_manager, "test"), transaction.atomic():
                version = plan.versions.get(number=2)
                if before != "draft":
                    put_in_force(plan, by=risk_manager)
                if before == "retired":
                    retire_contingency_plan(plan, by=risk_manager, reason="停")
                extra = (
                    {}
                    if before != "draft" or after != "in_force"
                    else {"in_force_from": "2026-01-01"}
                )
                if extra:
                    move(stored(plan).in_force, "retired")
                try:
                    moved = move(version, after, **extra).state == after
                except WrongState:
                    moved = False
                assert moved == (after in allowed), (before, after)
                transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("state", "action", "works"),
    [
        ("draft", "edit", True), ("draft", "put in force", True), ("draft", "retire", True),
        ("in_force", "edit", True), ("in_force", "put in force", False),
        ("in_force", "retire", True), ("retired", "edit", True),
        ("retired", "put in force", False), ("retired", "retire", False),
    ],
)  # fmt: skip
def test_state_by_action(draft, risk_manager, ops, state, action, works):
    if state != "draft":
        put_in_force(draft, by=risk_manager)
    if state == "retired":
        retire_contingency_plan(draft, by=risk_manager, reason="停")
    does = {
        "edit": lambda: edit_contingency_plan(draft, content(ops), by=risk_manager, version=None),
        "put in force": lambda: put_in_force(draft, by=risk_manager),
        "retire": lambda: retire_contingency_plan(draft, by=risk_manager, reason="停"),
    }
    before = Trail()
    try:
        does[action]()
        done = True
    except ContingencyIncomplete:
        done = False
    assert (done, bool(before.events())) == (works, works)


def test_what_is_in_force_is_frozen_in_the_database(plan, risk_manager):
    version = plan.in_force
    attacks = (
        lambda: version.steps.update(text_zh="改"),
        lambda: version.triggers.all().delete(),
        lambda: ContingencyStep.objects.create(version=version, seq=9, minute=1, text_zh="加"),
        lambda: ContingencyVersion.objects.filter(pk=version.pk).update(contacts="改"),
        lambda: ContingencyVersion.objects.filter(pk=version.pk).update(state="draft"),
        lambda: ContingencyVersion.objects.filter(pk=version.pk).update(
            responsible_department=None
        ),
    )
    for attack in attacks:
        with acting(risk_manager, "test"), pytest.raises(IntegrityError), transaction.atomic():
            attack()
    retire_contingency_plan(plan, by=risk_manager, reason="停")
    with acting(risk_manager, "test"), pytest.raises(IntegrityError), transaction.atomic():
        ContingencyVersion.objects.filter(pk=version.pk).update(retired_reason="别的")


def test_one_draft_and_one_in_force(plan, risk_manager, ops):
    with acting(risk_manager, "test"), pytest.raises(IntegrityError), transaction.atomic():
        ContingencyVersion.objects.create(
            plan=plan, number=2, state="in_force", in_force_from="2026-01-01",
            responsible_department=ops,
        )  # fmt: skip


def test_each_time_it_is_shared_the_card_has_another_address(plan, risk_manager):
    first = share_card(plan, by=risk_manager, is_public=True).card_key
    assert share_card(plan, by=risk_manager, is_public=True).card_key == first
    share_card(plan, by=risk_manager, is_public=False)
    again = share_card(plan, by=risk_manager, is_public=True)
    assert (again.card_public, again.card_key == first) == (True, False)
