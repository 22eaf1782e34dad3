from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from registers.choices import PROPOSAL_NEXT_STATES, ProposalState
from registers.models import Risk, RiskProposal
from registers.services import accept_proposal, decline_proposal, file_proposal
from riskhub.audit.transitions import WrongState, move
from riskhub.entry.repeats import KeyReused
from riskhub.notices.models import Notice
from tests.builders import make_risk
from tests.registers.audit import Trail
from tests.registers.services.test_risks import draft


@pytest.fixture
def filed(staff_cleaning, risk_manager, clean):
    proposal, _is_new = file_proposal(
        by=staff_cleaning, client_uuid=uuid4(), text="厨房地面有油", department=clean
    )
    return proposal


class TestFile:
    def test_it_waits_and_the_risk_managers_hear_of_it(
        self, staff_cleaning, risk_manager, second_manager, ops_manager, auditor, clean
    ):
        trail = Trail()
        with override("en"):
            proposal, is_new = file_proposal(
                by=staff_cleaning, client_uuid=uuid4(), text="  oil on the floor ", department=clean
            )
        assert is_new
        assert (proposal.text, proposal.state, proposal.lang) == (
            "oil on the floor",
            "submitted",
            "en",
        )
        assert (proposal.submitter, proposal.department) == (staff_cleaning, clean)
        told = Notice.objects.filter(kind="proposal_filed")
        assert {n.user for n in told} == {risk_manager, second_manager, ops_manager}
        assert {n.url for n in told} == {f"/inbox/triage/{proposal.pk}/"}
        assert trail.events()[0] == ("proposal.filed", "registers_riskproposal", "insert")

    def test_a_manager_of_another_department_does_not_hear_of_it(
        self, staff_repair, ops_manager, repair
    ):
        file_proposal(by=staff_repair, client_uuid=uuid4(), text="漏水", department=repair)
        assert not Notice.objects.exists()

    def test_a_manager_is_not_told_of_their_own(self, risk_manager, ops):
        file_proposal(by=risk_manager, client_uuid=uuid4(), text="漏水", department=ops)
        assert not Notice.objects.exists()

    def test_the_same_form_three_times_is_one_filing(self, staff_cleaning, risk_manager, clean):
        key = uuid4()
        answers = [
            file_proposal(by=staff_cleaning, client_uuid=key, text="同一件", department=clean)
            for _ in range(3)
        ]
        assert [(p.pk, is_new) for p, is_new in answers] == [
            (answers[0][0].pk, True),
            (answers[0][0].pk, False),
            (answers[0][0].pk, False),
        ]
        assert Notice.objects.count() == 1

    def test_somebody_elses_form_is_not_theirs(self, filed, staff_repair, repair):
        with pytest.raises(ValidationError):
            file_proposal(
                by=staff_repair, client_uuid=filed.client_uuid, text="别人的", department=repair
            )
        assert RiskProposal.objects.count() == 1

    def test_the_same_form_with_other_words_is_told(self, filed, staff_cleaning, clean):
        with pytest.raises(KeyReused):
            file_proposal(
                by=staff_cleaning, client_uuid=filed.client_uuid, text="另一件", department=clean
            )
        assert RiskProposal.objects.get() == filed

    def test_nothing_written(self, staff_cleaning, clean):
        with pytest.raises(ValidationError) as refusal:
            file_proposal(by=staff_cleaning, client_uuid=uuid4(), text="  ", department=clean)
        assert list(refusal.value.message_dict) == ["text"]


class TestAccept:
    def test_it_becomes_a_risk_of_its_filer(self, filed, register, risk_manager, staff_cleaning):
        trail = Trail()
        risk = accept_proposal(filed, draft(register), by=risk_manager)
        stored = RiskProposal.objects.get()
        assert (stored.state, stored.risk, stored.decided_by) == ("accepted", risk, risk_manager)
        risk = Risk.objects.get()
        assert (risk.code, risk.reported_by, risk.accepted_by) == (
            "R001",
            staff_cleaning,
            risk_manager,
        )
        origin = risk.origins.get()
        assert (origin.kind, origin.ref_id, origin.label) == (
            "proposal",
            str(filed.pk),
            "厨房地面有油",
        )
        notice = Notice.objects.get(user=staff_cleaning)
        assert (notice.kind, notice.params, notice.url) == (
            "proposal_accepted",
            {"risk": "R001"},
            "/m/mine/",
        )
        assert ("proposal.accepted", "registers_riskproposal", "update") in trail.events()

    @pytest.mark.parametrize("again", ["accept", "decline"])
    def test_only_once(self, filed, register, risk_manager, again):
        decide = {
            "accept": lambda: accept_proposal(filed, draft(register), by=risk_manager),
            "decline": lambda: decline_proposal(filed, by=risk_manager, reason="重复"),
        }
        decide["accept"]()
        with pytest.raises(WrongState):
            decide[again]()
        assert Risk.objects.count() == 1

    def test_a_refused_draft_leaves_it_waiting(self, filed, register, risk_manager):
        with pytest.raises(ValidationError):
            accept_proposal(filed, draft(register, event=""), by=risk_manager)
        assert RiskProposal.objects.get().state == "submitted"
        assert not Notice.objects.filter(kind="proposal_accepted").exists()

    def test_who_decides_on_an_own_filing_is_not_told(self, register, risk_manager, ops):
        own, _new = file_proposal(by=risk_manager, client_uuid=uuid4(), text="x", department=ops)
        accept_proposal(own, draft(register), by=risk_manager)
        assert not Notice.objects.exists()


class TestDecline:
    def test_with_a_reason_that_the_filer_reads(self, filed, risk_manager, staff_cleaning):
        trail = Trail()
        decline_proposal(filed, by=risk_manager, reason=" 已有 R003 ")
        stored = RiskProposal.objects.get()
        assert (stored.state, stored.decision_reason, stored.decided_by, stored.risk) == (
            "declined",
            "已有 R003",
            risk_manager,
            None,
        )
        notice = Notice.objects.get(user=staff_cleaning)
        assert (notice.kind, notice.params) == ("proposal_declined", {"reason": "已有 R003"})
        event = trail.only("registers_riskproposal")
        assert (event.action, event.reason.strip()) == ("proposal.declined", "已有 R003")

    def test_without_a_reason(self, filed, risk_manager):
        with pytest.raises(ValidationError) as refusal:
            decline_proposal(filed, by=risk_manager, reason=" ")
        assert list(refusal.value.message_dict) == ["reason"]


@pytest.mark.parametrize("start", ProposalState.values)
@pytest.mark.parametrize("to", ProposalState.values)
def test_states_move_by_the_table_alone(start, to, filed, register, risk_manager):
    risk = make_risk(register, by=risk_manager)
    now = timezone.now()
    fields = {
        "submitted": {"risk": None, "decision_reason": "", "decided_at": None},
        "need_info": {},
        "accepted": {"risk": risk, "decided_at": now},
        "merged": {"risk": risk, "decided_at": now},
        "declined": {"risk": None, "decision_reason": "重复", "decided_at": now},
    }
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    RiskProposal.objects.filter(pk=filed.pk).update(state=start, **fields[start])
    if to in PROPOSAL_NEXT_STATES[start]:
        move(filed, to, **fields[to])
        assert RiskProposal.objects.get().state == to
    else:
        with pytest.raises(WrongState):
            move(filed, to, **fields[to])
