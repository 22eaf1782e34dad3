"""Four decisions on a filing, each told to its filer once it cannot be undone any more."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from registers.choices import PROPOSAL_NEXT_STATES, ProposalState
from registers.closing import NotOpen
from registers.models import ProposalMessage, Risk, RiskProposal, RiskSource
from registers.services import (
    accept_proposal,
    ask_filer,
    close_risk,
    decline_proposal,
    file_proposal,
    merge_proposal,
)
from riskhub.audit.transitions import WrongState, move
from riskhub.notices.models import Notice
from tests.builders import make_risk
from tests.registers.audit import Trail
from tests.registers.owed import do_owed
from tests.registers.services.test_risks import draft

SHOWN = [{"code": "R001", "share": 64}]


@pytest.fixture
def filed(staff_cleaning, risk_manager, clean):
    proposal, _is_new = file_proposal(
        by=staff_cleaning, client_uuid=uuid4(), text="厨房地面有油", department=clean
    )
    return proposal


@pytest.fixture
def unnamed(clean):
    """Filed without a name."""
    return RiskProposal.objects.create(
        text="梯子晃", department=clean, is_anonymous=True, kinds=["near_miss"]
    )


@pytest.fixture
def survivor(register, risk_manager):
    return make_risk(register, by=risk_manager, title="地面湿滑")


def told_to(user):
    do_owed("proposal.tell")
    return list(
        Notice.objects.filter(user=user).order_by("pk").values_list("kind", "params", "url")
    )


class TestAccept:
    def test_it_becomes_a_risk_of_its_filer(self, filed, register, risk_manager, staff_cleaning):
        trail = Trail()
        risk = accept_proposal(filed, draft(register), by=risk_manager, shown=SHOWN)
        stored = RiskProposal.objects.get()
        assert (stored.state, stored.risk, stored.decided_by, stored.similar) == (
            "accepted", risk, risk_manager, SHOWN,
        )  # fmt: skip
        risk = Risk.objects.get()
        assert (risk.code, risk.reported_by, risk.accepted_by) == (
            "R001", staff_cleaning, risk_manager,
        )  # fmt: skip
        origin = risk.origins.get()
        assert (origin.kind, origin.ref_id, origin.label) == (
            "proposal", str(filed.pk), "厨房地面有油",
        )  # fmt: skip
        assert [event for event in trail.events() if event[1] != "company_sequence"] == [
            ("risk.created", "registers_risk", "insert"),
            ("risk.created", "registers_risk_sources", "insert"),
            ("risk.created", "registers_riskorigin", "insert"),
            ("proposal.accepted", "registers_riskproposal", "update"),
        ]
        assert told_to(staff_cleaning) == [("proposal_accepted", {"risk": "R001"}, "/m/mine/")]

    def test_of_somebody_without_a_name_nobody_found_it_and_nobody_is_told(
        self, unnamed, register, risk_manager
    ):
        risk = accept_proposal(unnamed, draft(register), by=risk_manager)
        assert risk.reported_by is None
        assert do_owed("proposal.tell") == 0

    def test_a_refused_draft_leaves_it_waiting(self, filed, register, risk_manager):
        with pytest.raises(ValidationError):
            accept_proposal(filed, draft(register, event=""), by=risk_manager)
        assert RiskProposal.objects.get().state == "submitted"
        assert do_owed("proposal.tell") == 0

    def test_who_decides_on_an_own_filing_is_not_told(self, register, risk_manager, ops):
        own, _new = file_proposal(by=risk_manager, client_uuid=uuid4(), text="x", department=ops)
        accept_proposal(own, draft(register), by=risk_manager)
        assert do_owed("proposal.tell") == 0
        assert not Notice.objects.exists()


class TestMerge:
    def test_the_risk_gains_an_origin_and_its_source(
        self, filed, survivor, risk_manager, staff_cleaning
    ):
        audit = RiskSource.objects.get(code="audit")
        version = survivor.row_version
        trail = Trail()
        merge_proposal(filed, into=survivor, by=risk_manager, source=audit, shown=SHOWN)
        assert trail.events() == [
            ("proposal.merged", "registers_riskorigin", "insert"),
            ("proposal.merged", "registers_risk_sources", "insert"),
            ("proposal.merged", "registers_risk", "update"),
            ("proposal.merged", "registers_riskproposal", "update"),
        ]
        stored = RiskProposal.objects.get()
        assert (stored.state, stored.risk, stored.similar) == ("merged", survivor, SHOWN)
        assert survivor.origins.get().ref_id == str(filed.pk)
        assert audit in survivor.sources.all()
        survivor.refresh_from_db()
        assert survivor.row_version == version + 1
        assert Risk.objects.count() == 1
        assert told_to(staff_cleaning) == [("proposal_merged", {"risk": "R001"}, "/m/mine/")]

    def test_a_source_that_it_has_changes_nothing(self, filed, survivor, risk_manager):
        merge_proposal(filed, into=survivor, by=risk_manager, source=survivor.primary_source)
        stored = Risk.objects.get()
        assert (stored.row_version, stored.sources.count()) == (survivor.row_version, 1)

    def test_into_a_closed_risk(self, filed, survivor, risk_manager):
        close_risk(survivor, by=risk_manager, reason="停了")
        with pytest.raises(NotOpen):
            merge_proposal(filed, into=survivor, by=risk_manager)
        assert RiskProposal.objects.get().state == "submitted"
        assert not survivor.origins.exists()


class TestAsk:
    def test_the_question_waits_with_the_filer(self, filed, risk_manager, staff_cleaning):
        trail = Trail()
        ask_filer(filed, by=risk_manager, question=" 哪一单？ ", shown=SHOWN)
        assert trail.events() == [
            ("proposal.asked", "registers_proposalmessage", "insert"),
            ("proposal.asked", "registers_riskproposal", "update"),
        ]
        stored = RiskProposal.objects.get()
        assert (stored.state, stored.decided_by, stored.decided_at) == ("need_info", None, None)
        message = ProposalMessage.objects.get()
        assert (message.author, message.text) == (risk_manager, "哪一单？")
        assert told_to(staff_cleaning) == [("proposal_asked", {"question": "哪一单？"}, "/m/mine/")]

    def test_nothing_asked(self, filed, risk_manager):
        with pytest.raises(ValidationError) as refusal:
            ask_filer(filed, by=risk_manager, question="  ")
        assert list(refusal.value.message_dict) == ["question"]
        assert RiskProposal.objects.get().state == "submitted"

    def test_it_can_be_decided_without_the_answer(self, filed, register, risk_manager):
        ask_filer(filed, by=risk_manager, question="哪一单？")
        accept_proposal(filed, draft(register), by=risk_manager)
        assert RiskProposal.objects.get().state == "accepted"
        assert [n.kind for n in Notice.objects.filter(user=filed.submitter)] == []
        do_owed("proposal.tell")
        assert [n.kind for n in Notice.objects.filter(user=filed.submitter)] == [
            "proposal_accepted"
        ]


class TestDecline:
    def test_with_a_reason_that_the_filer_reads(self, filed, risk_manager, staff_cleaning):
        trail = Trail()
        decline_proposal(filed, by=risk_manager, reason=" 已有 R003 ", shown=SHOWN)
        stored = RiskProposal.objects.get()
        assert (stored.state, stored.decision_reason, stored.decided_by, stored.risk) == (
            "declined", "已有 R003", risk_manager, None,
        )  # fmt: skip
        event = trail.only("registers_riskproposal")
        assert (event.action, event.reason.strip()) == ("proposal.declined", "已有 R003")
        assert event.after["similar"] == SHOWN
        assert told_to(staff_cleaning) == [
            ("proposal_declined", {"reason": "已有 R003"}, "/m/mine/")
        ]

    def test_without_a_reason(self, filed, risk_manager):
        with pytest.raises(ValidationError) as refusal:
            decline_proposal(filed, by=risk_manager, reason=" ")
        assert list(refusal.value.message_dict) == ["reason"]


DECISIONS = {
    "accepted": lambda p, risk, by: accept_proposal(p, draft(risk.register), by=by),
    "merged": lambda p, risk, by: merge_proposal(p, into=risk, by=by),
    "need_info": lambda p, _risk, by: ask_filer(p, by=by, question="哪一单？"),
    "declined": lambda p, _risk, by: decline_proposal(p, by=by, reason="重复"),
}


def bring(proposal, state, risk, by):
    """Into that state, by the decision that leads there."""
    if state != "submitted":
        DECISIONS[state](proposal, risk, by)
    return RiskProposal.objects.get(pk=proposal.pk)


@pytest.mark.parametrize("start", ProposalState.values)
@pytest.mark.parametrize("decision", DECISIONS)
def test_every_decision_from_every_state(start, decision, filed, survivor, risk_manager):
    proposal = bring(filed, start, survivor, risk_manager)
    risks = Risk.objects.count()
    if decision in PROPOSAL_NEXT_STATES[start]:
        DECISIONS[decision](proposal, survivor, risk_manager)
        assert RiskProposal.objects.get().state == decision
    else:
        with pytest.raises(WrongState):
            DECISIONS[decision](proposal, survivor, risk_manager)
        assert (RiskProposal.objects.get().state, Risk.objects.count()) == (start, risks)


@pytest.mark.parametrize("start", ProposalState.values)
@pytest.mark.parametrize("to", ProposalState.values)
def test_states_move_by_the_table_alone(start, to, filed, survivor):
    now = timezone.now()
    fields = {
        "submitted": {"risk": None, "decision_reason": "", "decided_at": None},
        "need_info": {},
        "accepted": {"risk": survivor, "decided_at": now},
        "merged": {"risk": survivor, "decided_at": now},
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


class TestTheDatabase:
    def test_an_origin_stays(self, filed, survivor, risk_manager):
        origin = survivor.origins.create(kind="import", ref_id="f:1")
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            origin.delete()
        merge_proposal(filed, into=survivor, by=risk_manager)
        link = survivor.origins.get(kind="proposal")
        type(link).objects.update(at=timezone.now() - timedelta(minutes=2))
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            link.delete()
