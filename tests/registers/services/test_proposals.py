from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from registers.models import RiskProposal
from registers.services import file_proposal
from riskhub.entry.repeats import KeyReused
from riskhub.notices.models import Notice
from tests.registers.audit import Trail


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
