"""Who lets a filing lie for a week is reminded of it, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registers.choices import ProposalState
from registers.models import RiskProposal
from registers.services import ask_filer, decline_proposal
from registers.services.triage_notices import derive_reminders
from riskhub.audit.transitions import move
from riskhub.notices.models import Notice
from riskhub.work.models import Work
from tests.registers.owed import do_owed
from tests.registers.services.test_triage import bring, filed, survivor

__all__ = ["filed", "survivor"]


@pytest.fixture
def late(filed):
    RiskProposal.objects.update(submitted_at=timezone.now() - timedelta(days=7, minutes=1))
    return filed


@pytest.fixture
def remind():
    def run():
        derive_reminders()
        do_owed("proposal.remind")
        told = Notice.objects.filter(kind="proposal_waits")
        return sorted(told.values_list("user__username", "url"))

    return run


def test_once_to_those_who_decide(
    late, remind, risk_manager, second_manager, ops_manager, head_cleaning
):
    url = f"/inbox/triage/{late.pk}/"
    everybody = [(name, url) for name in ("ops.manager", "risk.manager", "second.manager")]
    assert remind() == everybody
    assert remind() == everybody
    assert Work.objects.filter(kind="proposal.remind").count() == 1
    title = Notice.objects.filter(kind="proposal_waits").first().title
    assert title == "有一条上报已等待超过 7 天：厨房地面有油"


def test_not_before_seven_days(filed, remind):
    RiskProposal.objects.update(submitted_at=timezone.now() - timedelta(days=6, hours=23))
    assert remind() == []


def test_an_answer_makes_the_days_count_anew(late, remind, risk_manager):
    ask_filer(late, by=risk_manager, question="哪一单？")
    move(late, ProposalState.SUBMITTED)
    assert remind() == []


@pytest.mark.parametrize("state", ["need_info", "declined"])
def test_not_where_it_does_not_wait_for_them(late, remind, survivor, risk_manager, state):
    bring(late, state, survivor, risk_manager)
    assert remind() == []


def test_decided_before_the_worker_came(late, risk_manager):
    derive_reminders()
    decline_proposal(late, by=risk_manager, reason="重复")
    do_owed("proposal.remind")
    assert not Notice.objects.filter(kind="proposal_waits").exists()
