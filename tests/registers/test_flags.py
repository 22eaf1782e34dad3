"""What stands out about a risk, beside its name."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from registers.flags import flags_of
from registers.models import Risk
from registers.services import close_risk, merge_risk
from tests.builders import assess


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def told(user, risk):
    return [
        (f.words, f.is_alert, f.url)
        for f in flags_of(user, Risk.objects.for_page().get(pk=risk.pk))
    ]


def test_nothing_of_a_fresh_risk(risk, risk_manager):
    assert told(risk_manager, risk) == []


def test_a_review_that_is_due_and_one_that_is_over(risk, risk_manager):
    today = timezone.localdate()
    Risk.objects.update(next_review_on=today)
    ((words, is_alert, _url),) = told(risk_manager, risk)
    assert (words.startswith("Review "), is_alert) == (True, False)
    Risk.objects.update(next_review_on=today - timedelta(days=1))
    ((words, is_alert, _url),) = told(risk_manager, risk)
    assert (words.startswith("Review overdue since "), is_alert) == (True, True)


@pytest.mark.parametrize(
    ("cell", "is_high"), [((4, 4), True), ((5, 5), True), ((3, 5), False), ((4, 3), False)]
)
def test_high_high(risk, risk_manager, second_manager, cell, is_high):
    assess(risk, (5, 5), cell, by=risk_manager, confirmed_by=second_manager)
    found = ("Probability and impact high", True, "") in told(risk_manager, risk)
    assert found is is_high


def test_a_closed_one_and_one_that_was_taken_back(risk, risk_manager):
    close_risk(risk, by=risk_manager, reason="误录")
    assert told(risk_manager, risk) == [("Closed", False, "")]
    Risk.objects.update(is_undone=True)
    assert told(risk_manager, risk) == [("Taken back", False, "")]


def test_a_merged_one_leads_to_its_survivor_only_who_sees_that(
    risk, other_risk, risk_manager, head_repair
):
    merge_risk(other_risk, into=risk, by=risk_manager, reason="同一件事")
    assert told(risk_manager, other_risk) == [("Merged into R001", False, "/risks/R001/")]
    assert told(head_repair, other_risk) == [("Merged into another risk", False, "")]
