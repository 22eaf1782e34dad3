"""`move`: the only code that sets a state asks the table, on the locked row."""

from uuid import uuid4

import pytest
from django.utils.translation import override

from registers.choices import RISK_NEXT_STATES, ProposalState, RiskState
from registers.models import Risk, RiskProposal
from registers.services import file_proposal
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, can_move, move, move_all
from riskhub.audit.versions import StaleVersion, lock_row, lock_version, save_fields
from riskhub.company.models import CompanySetting
from tests.builders import make_risk
from tests.riskhub.audit.conftest import events

pytestmark = pytest.mark.django_db


@pytest.fixture
def risk(register, risk_manager):
    return make_risk(register, by=risk_manager)


def force(risk, state):
    """Past the table, for the beginning of a test."""
    fields = {"state": state, "closed_reason": "x", "merged_into": None}
    if state == RiskState.MERGED:
        fields["merged_into"] = make_risk(risk.register, by=None)
    Risk.objects.filter(pk=risk.pk).update(**fields)
    risk.refresh_from_db()


@pytest.mark.parametrize("state", RiskState.values)
@pytest.mark.parametrize("to", RiskState.values)
def test_every_pair_exactly_as_the_table_says(risk, state, to):
    force(risk, state)
    fields = {}
    if to == RiskState.MERGED:
        fields["merged_into"] = make_risk(risk.register, by=None)
    allowed = to in RISK_NEXT_STATES[state]
    assert can_move(risk, to) is allowed
    if allowed:
        with acting(None, "risk.moved"):
            assert move(risk, to, **fields).state == to
        assert Risk.objects.get(pk=risk.pk).state == to
    else:
        with pytest.raises(WrongState), acting(None, "risk.moved"):
            move(risk, to, **fields)
        assert Risk.objects.get(pk=risk.pk).state == state


def test_the_given_object_is_brought_up_to_date(risk, risk_manager):
    Risk.objects.filter(pk=risk.pk).update(title="新名")
    last = risk.pk
    with acting(risk_manager, "risk.closed", "停"):
        move(risk, RiskState.CLOSED, closed_reason="停")
    assert (risk.title, risk.state, risk.row_version, risk.pk) == ("新名", "closed", 2, last)
    assert events(risk)[-1] == (
        "risk.closed", "陈静",
        {"state": "identified", "closed_reason": "", "row_version": 1},
        {"state": "closed", "closed_reason": "停", "row_version": 2},
    )  # fmt: skip


def test_the_stored_state_counts_not_the_one_in_hand(risk):
    stale = Risk.objects.get(pk=risk.pk)
    with acting(None, "risk.closed"):
        move(risk, RiskState.CLOSED, closed_reason="x")
        with pytest.raises(WrongState) as refusal:
            move(stale, RiskState.CLOSED, closed_reason="x")
    assert (refusal.value.object.state, refusal.value.to) == ("closed", "closed")


def test_the_refusal_says_it_in_words(risk):
    with override("en"):
        said = str(WrongState(risk, RiskState.MERGED))
    assert said == "This is already “Identified”, so it cannot become “Merged”."


def test_who_comes_second_hears_what_it_is_and_no_riddle(risk):
    risk.state = RiskState.MERGED
    with override("en"):
        assert str(WrongState(risk, RiskState.MERGED)) == "This is already “Merged”."


def test_many_or_none(risk, register, risk_manager):
    other, closed = (make_risk(register, by=risk_manager) for _n in range(2))
    with acting(risk_manager, "risk.closed"):
        move(closed, RiskState.CLOSED, closed_reason="x")
        with pytest.raises(WrongState):
            move_all([risk, other, closed], RiskState.CLOSED, closed_reason="alle")
        assert Risk.objects.filter(closed_reason="alle").count() == 0
        move_all([risk, other], RiskState.CLOSED, closed_reason="alle")
        move_all([], RiskState.CLOSED)
    stored = Risk.objects.filter(closed_reason="alle").order_by("pk")
    assert [(r.state, r.row_version) for r in stored] == [("closed", 2)] * 2
    assert [(r.state, r.row_version, r.closed_reason) for r in (risk, other)] == [
        ("closed", 2, "alle")
    ] * 2
    assert [events(r)[-1][0] for r in stored] == ["risk.closed"] * 2


def test_many_rows_that_have_no_version(ops, staff_cleaning):
    filed = [
        file_proposal(by=staff_cleaning, client_uuid=uuid4(), text="湿滑", department=ops)[0]
        for _n in range(2)
    ]
    with acting(None, "proposal.declined"):
        move_all(filed, ProposalState.DECLINED, decision_reason="重复")
    assert set(RiskProposal.objects.values_list("state", flat=True)) == {"declined"}


def test_a_stale_copy_is_not_saved(risk):
    with acting(None, "risk.edited"):
        save_fields(lock_version(risk, 1), title="B")
        with pytest.raises(StaleVersion) as refusal:
            lock_version(risk, 1)
        assert lock_version(risk, None).title == refusal.value.current.title == "B"
    assert str(refusal.value) == f"risk {risk.pk} was changed meanwhile"


def test_a_row_without_a_version(db):
    setting = CompanySetting.objects.create(key="x", value=1)
    with acting(None, "company.setting_changed"):
        save_fields(lock_row(setting), value=2)
    setting.refresh_from_db()
    assert setting.value == 2
