from datetime import timedelta

import pytest
from django.utils import timezone

from registers.models import Risk
from tests.builders import make_risk

pytestmark = pytest.mark.django_db

URL = "/my/"


@pytest.fixture
def mine(register, risk_manager, head_cleaning, clean):
    """Three of head.cleaning: one late, one due today, one without a day; one of nobody."""
    today = timezone.localdate()
    for days in (-2, 0, None):
        risk = make_risk(register, by=risk_manager, department=clean, owner=head_cleaning)
        day = None if days is None else today + timedelta(days=days)
        Risk.objects.filter(pk=risk.pk).update(next_review_on=day)
    make_risk(register, by=risk_manager, department=clean)


def counts(page):
    return {section.url: section.count for section in page.context["sections"] if section.url}


def test_every_number_is_that_of_its_list(mine, head_cleaning, sign_in):
    client = sign_in(head_cleaning)
    told = counts(client.get(URL))
    assert told["/risks/?view=mine"] == 3
    assert told["/risks/?view=mine&review=overdue"] == 1
    assert told["/risks/?view=mine&review=soon"] == 1
    for url, count in told.items():
        assert (url, client.get(url).context["page"].count) == (url, count)


def test_nothing_of_mine_is_said_so(mine, staff_repair, sign_in):
    page = sign_in(staff_repair).get(URL)
    assert {section.count for section in page.context["sections"]} == {0}
    assert all(str(section.hint) for section in page.context["sections"])


def test_whoever_has_no_role_sees_an_empty_page(outsider, sign_in):
    assert sign_in(outsider).get(URL).context["sections"] == []
