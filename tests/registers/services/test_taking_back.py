"""A decision on a filing is undone: for some seconds, by whoever took it, and nobody heard of it."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from registers.choices import ProposalState
from registers.models import Risk, RiskOrigin, RiskProposal, RiskSource
from registers.services import (
    accept_proposal,
    ask_filer,
    decline_proposal,
    file_proposal,
    merge_proposal,
    reopen_risk,
    undo_decision,
)
from riskhub.audit.transitions import WrongState, move
from riskhub.entry import undo
from riskhub.entry.undo import TooLate
from riskhub.notices.models import Notice
from tests.builders import make_risk
from tests.registers.audit import Trail
from tests.registers.owed import do_owed
from tests.registers.services.test_risks import draft
from tests.registers.services.test_triage import DECISIONS


@pytest.fixture
def filed(staff_cleaning, clean):
    return file_proposal(
        by=staff_cleaning, client_uuid=uuid4(), text="厨房地面有油", department=clean
    )[0]


@pytest.fixture
def survivor(register, risk_manager):
    return make_risk(register, by=risk_manager, title="地面湿滑")


@pytest.fixture
def later(monkeypatch):
    """`later(36)`: so many seconds from now, for whoever asks whether an undo is in time."""

    def shift(seconds):
        clock = SimpleNamespace(now=lambda: timezone.now() + timedelta(seconds=seconds))
        monkeypatch.setattr(undo, "timezone", clock)

    return shift


class TestAcceptance:
    @pytest.fixture
    def accepted(self, filed, register, risk_manager):
        return accept_proposal(filed, draft(register, title="地滑"), by=risk_manager)

    def test_the_risk_is_closed_and_marked_and_keeps_its_number(
        self, filed, accepted, risk_manager
    ):
        trail = Trail()
        undo_decision(filed, by=risk_manager)
        assert trail.events() == [
            ("risk.undone", "registers_risk", "update"),
            ("proposal.undone", "registers_riskproposal", "update"),
        ]
        risk = Risk.objects.get()
        assert (risk.code, risk.state, risk.is_undone) == ("R001", "closed", True)
        assert risk.closed_reason == f"上报 {filed.pk} 的受理已撤销。"
        stored = RiskProposal.objects.get()
        assert (stored.state, stored.risk, stored.decided_by, stored.decided_at) == (
            "submitted", None, None, None,
        )  # fmt: skip

    def test_its_filer_never_hears_of_it(self, filed, accepted, risk_manager, staff_cleaning):
        undo_decision(filed, by=risk_manager)
        assert do_owed("proposal.tell") == 1
        assert not Notice.objects.filter(user=staff_cleaning).exists()

    def test_but_of_the_next_decision(self, filed, accepted, risk_manager, staff_cleaning):
        undo_decision(filed, by=risk_manager)
        decline_proposal(filed, by=risk_manager, reason="重复")
        do_owed("proposal.tell")
        assert [n.kind for n in Notice.objects.filter(user=staff_cleaning)] == ["proposal_declined"]

    def test_accepted_again_it_is_the_same_risk_with_the_new_words(
        self, filed, accepted, register, risk_manager, second_manager, staff_cleaning, clean
    ):
        undo_decision(filed, by=risk_manager)
        audit = RiskSource.objects.get(code="audit")
        fresh = draft(
            register, title="厨房油污", event="滑倒", owner_department=clean, primary_source=audit
        )
        trail = Trail()
        risk = accept_proposal(filed, fresh, by=second_manager)
        assert trail.events() == [
            ("risk.redone", "registers_risk", "update"),
            ("risk.redone", "registers_risk_sources", "delete"),
            ("risk.redone", "registers_risk_sources", "insert"),
            ("proposal.accepted", "registers_riskproposal", "update"),
        ]
        stored = Risk.objects.get()
        assert risk == stored
        assert (stored.code, stored.state, stored.is_undone, stored.closed_at) == (
            "R001", "identified", False, None,
        )  # fmt: skip
        assert (stored.title, stored.event, stored.closed_reason) == ("厨房油污", "滑倒", "")
        assert (stored.accepted_by, stored.reported_by, stored.owner_department) == (
            second_manager, staff_cleaning, clean,
        )  # fmt: skip
        assert [source.code for source in stored.sources.all()] == ["audit"]
        assert RiskOrigin.objects.count() == 1
        assert RiskProposal.objects.get().risk == stored

    def test_and_can_be_undone_once_more(self, filed, accepted, register, risk_manager):
        undo_decision(filed, by=risk_manager)
        accept_proposal(filed, draft(register), by=risk_manager)
        undo_decision(filed, by=risk_manager)
        assert [(r.code, r.is_undone) for r in Risk.objects.all()] == [("R001", True)]

    def test_a_risk_opened_again_by_hand_is_no_longer_its(
        self, filed, accepted, register, risk_manager
    ):
        undo_decision(filed, by=risk_manager)
        reopen_risk(Risk.objects.get(), by=risk_manager, reason="还是要管")
        assert Risk.objects.get().is_undone is False
        accept_proposal(filed, draft(register), by=risk_manager)
        assert [r.code for r in Risk.objects.order_by("pk")] == ["R001", "R002"]

    def test_after_the_seconds_it_is_closed_instead(self, filed, accepted, risk_manager, later):
        later(36)
        with pytest.raises(TooLate) as refusal:
            undo_decision(filed, by=risk_manager)
        assert str(refusal.value) == "只能在 30 秒内撤销。 改为注明原因后关闭 R001。"
        assert Risk.objects.get().state == "identified"

    def test_a_press_in_the_last_second_counts(self, filed, accepted, risk_manager, later):
        later(33)
        undo_decision(filed, by=risk_manager)
        assert RiskProposal.objects.get().state == "submitted"


class TestMerge:
    def test_the_link_and_the_source_that_it_brought_go(self, filed, survivor, risk_manager):
        audit = RiskSource.objects.get(code="audit")
        merge_proposal(filed, into=survivor, by=risk_manager, source=audit)
        trail = Trail()
        undo_decision(filed, by=risk_manager)
        assert trail.events() == [
            ("proposal.undone", "registers_riskorigin", "delete"),
            ("proposal.undone", "registers_risk_sources", "delete"),
            ("proposal.undone", "registers_risk", "update"),
            ("proposal.undone", "registers_riskproposal", "update"),
        ]
        stored = Risk.objects.get()
        assert (stored.state, stored.row_version) == ("identified", survivor.row_version + 2)
        assert [source.code for source in stored.sources.all()] == ["internal_record"]

    def test_a_source_that_it_had_before_stays(self, filed, survivor, risk_manager):
        merge_proposal(filed, into=survivor, by=risk_manager, source=survivor.primary_source)
        undo_decision(filed, by=risk_manager)
        stored = Risk.objects.get()
        assert (stored.row_version, stored.sources.count()) == (survivor.row_version, 1)
        assert not stored.origins.exists()


class TestQuestion:
    def test_that_it_is_taken_back_is_said_in_the_language_of_the_filing(
        self, filed, risk_manager, staff_cleaning
    ):
        ask_filer(filed, by=risk_manager, question="哪一单？")
        undo_decision(filed, by=risk_manager)
        assert [m.text for m in filed.messages.order_by("pk")] == [
            "哪一单？", "问题已撤回，不用答复。",
        ]  # fmt: skip
        assert RiskProposal.objects.get().state == "submitted"
        do_owed("proposal.tell")
        assert not Notice.objects.filter(user=staff_cleaning).exists()

    def test_too_late(self, filed, risk_manager, later):
        ask_filer(filed, by=risk_manager, question="哪一单？")
        later(36)
        with pytest.raises(TooLate, match="不等答复"):
            undo_decision(filed, by=risk_manager)

    def test_answered_in_the_meantime(self, filed, risk_manager):
        ask_filer(filed, by=risk_manager, question="哪一单？")
        move(filed, ProposalState.SUBMITTED)
        with pytest.raises(WrongState):
            undo_decision(filed, by=risk_manager)


def test_a_refusal_goes_back_to_waiting(filed, risk_manager):
    decline_proposal(filed, by=risk_manager, reason="重复")
    undo_decision(filed, by=risk_manager)
    stored = RiskProposal.objects.get()
    assert (stored.state, stored.decision_reason, stored.decided_by) == ("submitted", "", None)


def test_a_refusal_too_late_has_no_other_way(filed, risk_manager, later):
    decline_proposal(filed, by=risk_manager, reason="重复")
    later(40)
    with pytest.raises(TooLate) as refusal:
        undo_decision(filed, by=risk_manager)
    assert str(refusal.value) == "只能在 30 秒内撤销。"


def test_what_waits_has_nothing_to_undo(filed, risk_manager):
    with pytest.raises(WrongState):
        undo_decision(filed, by=risk_manager)


@pytest.mark.parametrize("decision", DECISIONS)
def test_only_by_whoever_decided(filed, survivor, risk_manager, second_manager, decision):
    DECISIONS[decision](filed, survivor, risk_manager)
    with pytest.raises(WrongState):
        undo_decision(filed, by=second_manager)
    assert RiskProposal.objects.get().state == decision


@pytest.mark.parametrize("decision", DECISIONS)
def test_every_decision_can_be_taken_anew_after_it(filed, survivor, risk_manager, decision):
    for _n in range(2):
        DECISIONS[decision](filed, survivor, risk_manager)
        undo_decision(filed, by=risk_manager)
    for then in DECISIONS:
        DECISIONS[then](filed, survivor, risk_manager)
        assert RiskProposal.objects.get().state == then
        undo_decision(filed, by=risk_manager)
