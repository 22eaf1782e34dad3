"""Two risks that are one."""

import pytest
from django.core.exceptions import ValidationError

from registers import closing
from registers.choices import RISK_NEXT_STATES, RiskState
from registers.closing import NotOpen
from registers.models import Risk, RiskSource, ServiceLine
from registers.services import CannotClose, close_risk, edit_risk, merge_risk
from riskhub.audit.transitions import WrongState
from tests.builders import assess, make_plan, make_risk
from tests.registers.audit import Trail


@pytest.fixture
def survivor(risk, register, risk_manager):
    """R002."""
    return make_risk(register, by=risk_manager, title="水管漏水")


def test_its_number_leads_to_the_survivor_which_counts_its_sources_and_lines(
    risk, survivor, risk_manager
):
    audit = RiskSource.objects.get(code="audit")
    line = ServiceLine.objects.get(code="repair")
    edit_risk(risk, by=risk_manager, version=1, sources=[audit], service_lines=[line])
    trail = Trail()
    assert merge_risk(risk, into=survivor, by=risk_manager, reason=" 是同一件事 ") == survivor
    assert trail.events() == [
        ("risk.merged", "registers_risk_sources", "insert"),
        ("risk.merged", "registers_risk_service_lines", "insert"),
        ("risk.merged", "registers_risk", "update"),
        ("risk.merged", "registers_risk", "update"),
    ]
    assert {event.reason for event in trail.rows()} == {" 是同一件事 "}
    merged, stored = Risk.objects.order_by("number")
    assert (merged.state, merged.merged_into, merged.closed_reason) == (
        "merged", survivor, "是同一件事",
    )  # fmt: skip
    assert merged.closed_at is not None
    assert (stored.state, stored.row_version) == ("identified", survivor.row_version + 1)
    assert {s.code for s in stored.sources.all()} == {"internal_record", "audit"}
    assert [one.code for one in stored.service_lines.all()] == ["repair"]
    assert merged.sources.count() == 2


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason(risk, survivor, risk_manager, reason):
    with pytest.raises(ValidationError) as refusal:
        merge_risk(risk, into=survivor, by=risk_manager, reason=reason)
    assert list(refusal.value.message_dict) == ["reason"]


def test_into_itself(risk, risk_manager):
    with pytest.raises(ValidationError) as refusal:
        merge_risk(risk, into=risk, by=risk_manager, reason="重复")
    assert list(refusal.value.message_dict) == ["into"]


def test_into_a_closed_one(risk, survivor, risk_manager):
    close_risk(survivor, by=risk_manager, reason="停了")
    with pytest.raises(NotOpen):
        merge_risk(risk, into=survivor, by=risk_manager, reason="重复")
    assert Risk.objects.get(pk=risk.pk).state == "identified"


def test_what_is_open_on_it_is_named(risk, survivor, risk_manager, second_manager):
    assess(risk, (4, 4), (2, 2), by=risk_manager, confirmed_by=second_manager)
    plan = make_plan(risk, by=risk_manager, submitted=True)
    with pytest.raises(CannotClose) as refusal:
        merge_risk(risk, into=survivor, by=risk_manager, reason="重复")
    (sentence,) = refusal.value.reasons
    assert plan.code in sentence
    assert survivor.sources.count() == 1


def test_every_blocker_is_named(risk, survivor, risk_manager, monkeypatch):
    monkeypatch.setattr(closing, "_blockers", [lambda _risk: ["一"], lambda _risk: ["二"]])
    with pytest.raises(CannotClose) as refusal:
        merge_risk(risk, into=survivor, by=risk_manager, reason="重复")
    assert refusal.value.reasons == ["一", "二"]


@pytest.mark.parametrize("state", RiskState.values)
def test_from_every_state(risk, survivor, register, risk_manager, state):
    third = make_risk(register, by=risk_manager, title="第三")
    Risk.objects.filter(pk=risk.pk).update(
        state=state, merged_into=third if state == "merged" else None, closed_reason="停了"
    )
    risk.refresh_from_db()
    if RiskState.MERGED in RISK_NEXT_STATES[state]:
        merge_risk(risk, into=survivor, by=risk_manager, reason="重复")
        assert Risk.objects.get(pk=risk.pk).merged_into == survivor
    else:
        with pytest.raises(WrongState):
            merge_risk(risk, into=survivor, by=risk_manager, reason="重复")
