"""A matrix that waits stands on the home page of management, and of nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from assessments.models import MatrixScheme, SchemeAuthor
from assessments.schemes.cards import schemes_waiting
from tests.assessments.matrices import submitted

pytestmark = pytest.mark.django_db

CARD = "待审批的矩阵"  # "Matrix to approve" in the language of the tests


@pytest.fixture
def scheme(risk_manager):
    return submitted(by=risk_manager)


def test_it_leads_to_the_decision(scheme, approver, sign_in, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=3))
    with override("en"):
        section = schemes_waiting(approver)
        (row,) = section.rows
        said = row.name, row.fact, row.meta, str(row.action)
    assert said == ("Matrix M2", "waits 3 days", ["陈静"], "Decide")
    assert section.count == 1
    page = sign_in(approver).get("/")
    assert CARD in page.text
    assert sign_in(approver).get(row.url).status_code == 200


def test_who_wrote_in_it_reads_that_another_person_decides(scheme, approver, sign_in):
    SchemeAuthor.objects.create(scheme=scheme, user=approver)
    with override("en"):
        (row,) = schemes_waiting(approver).rows
    assert (row.fact, row.action) == ("Another person decides", "")
    assert sign_in(approver).get(row.url).status_code == 200


def test_others_see_no_card_and_nothing_is_no_card(
    scheme, risk_manager, head_cleaning, approver, sign_in
):
    for user in (risk_manager, head_cleaning):
        assert CARD not in sign_in(user).get("/").text
    MatrixScheme.objects.filter(pk=scheme.pk).update(state="draft")
    assert schemes_waiting(approver) is None
