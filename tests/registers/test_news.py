"""The feed: what is new and what changed, for who may see it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from assessments.services import withdraw_plan
from registers.models import Risk
from registers.services import (
    accept_proposal,
    close_risk,
    file_proposal,
    reopen_risk,
    undo_decision,
)
from riskhub.oversight.feed import kinds, news_for
from tests.builders import assess, check, make_control, make_plan, make_risk
from tests.registers.services.test_risks import draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(in_english):
    pass


def told(user, kind=""):
    now = timezone.now()
    week = timedelta(days=3)
    return [
        (news.kind, f"{news.name} {news.words}".strip())
        for news in news_for(user, now - week, now + week, kind)
    ]


def test_in_out_and_in_again(register, risk_manager):
    risk = make_risk(register, by=risk_manager, title="漏水")
    close_risk(risk, by=risk_manager, reason="停")
    reopen_risk(risk, by=risk_manager, reason="又开")
    assert told(risk_manager, "register") == [
        ("register", "R001 漏水 was opened again"),
        ("register", "R001 漏水 was closed"),
        ("register", "R001 漏水 was put into the register"),
    ]


def test_what_was_taken_back_is_no_news(register, risk_manager, staff_cleaning, clean):
    filed, _new = file_proposal(
        by=staff_cleaning, client_uuid=uuid4(), text="漏水", department=clean
    )
    for _each in range(2):
        accept_proposal(filed, draft(register, title="漏水"), by=risk_manager)
        assert told(risk_manager, "register") == [
            ("register", "R001 漏水 was put into the register")
        ]
        undo_decision(filed, by=risk_manager)
        assert told(risk_manager, "register") == []


def test_many_at_once_are_one_thing(register, risk_manager):
    from registers.services.risks import create_risks  # noqa: PLC0415 - a builder of this test alone

    create_risks([draft(register, title=str(n)) for n in range(3)], by=risk_manager)
    assert told(risk_manager, "register") == [
        ("register", "3 risks were put into the register")
    ]  # fmt: skip


def test_levels_up_and_down(register, risk_manager, second_manager):
    risk = make_risk(register, by=risk_manager, title="漏水")
    for cell in ((2, 2), (4, 3), (3, 3)):
        assess(risk, (4, 4), cell, by=risk_manager, confirmed_by=second_manager)
    assert told(risk_manager, "levels") == [
        ("levels", "R001 漏水 fell from High to Medium"),
        ("levels", "R001 漏水 rose from Low to High"),
        ("levels", "R001 漏水 was first rated: Low"),
    ]


def test_a_strategy_with_the_one_before(register, risk_manager, second_manager):
    risk = make_risk(register, by=risk_manager, title="漏水")
    assess(risk, (4, 4), (3, 3), by=risk_manager, confirmed_by=second_manager)
    plan = make_plan(risk, by=risk_manager)
    Risk.objects.filter(pk=risk.pk).update(plan_strategy="accept")
    withdraw_plan(plan, by=risk_manager, reason="换")
    assert told(risk_manager, "strategies") == [
        ("strategies", "R001 漏水 gave up its strategy Accept"),
        ("strategies", "R001 漏水 changed its strategy from Mitigate to Accept"),
        ("strategies", "R001 漏水 got a strategy: Mitigate"),
    ]


def test_a_control_that_does_not_work(risk_manager, ops):
    control = make_control(ops, by=risk_manager, title="试压")
    check(control, 20, 10, by=risk_manager)
    ((kind, words),) = told(risk_manager, "checks")
    assert (kind, words) == ("checks", "C-101 试压 was found not to work")
    (news,) = news_for(risk_manager, timezone.now() - timedelta(days=1), timezone.now(), "checks")
    assert (news.url, news.meta) == ("/controls/C-101/", (str(risk_manager),))


def test_a_filing(staff_cleaning, risk_manager, clean):
    file_proposal(by=staff_cleaning, client_uuid=uuid4(), text="地滑", department=clean)
    assert told(risk_manager) == [("filings", "地滑 was filed")]


def test_a_filing_leads_nobody_to_a_page_that_is_not_theirs(
    staff_cleaning, head_cleaning, head_repair, risk_manager, auditor, clean
):
    filing, _new = file_proposal(
        by=staff_cleaning, client_uuid=uuid4(), text="地滑", department=clean
    )
    decide = f"/inbox/triage/{filing.pk}/"
    for user, url in (
        (risk_manager, decide), (auditor, decide), (staff_cleaning, f"/m/filed/{filing.pk}"),
        (head_cleaning, ""),
    ):  # fmt: skip
        (news,) = news_for(user, timezone.now() - timedelta(days=1), timezone.now(), "filings")
        assert news.url == url
    assert told(head_repair) == []


def test_more_filings_cost_no_more_queries(
    staff_cleaning, head_cleaning, clean, django_assert_num_queries
):
    head_cleaning.roles  # noqa: B018 - read once a request
    for count in (1, 3):
        while len(told(head_cleaning, "filings")) < count:
            file_proposal(by=staff_cleaning, client_uuid=uuid4(), text="地滑", department=clean)
        with django_assert_num_queries(1):
            told(head_cleaning, "filings")


def test_each_department_reads_its_own(register, risk_manager, repair, head_cleaning, staff_repair):
    make_risk(register, by=risk_manager, title="漏电", department=repair)
    file_proposal(by=staff_repair, client_uuid=uuid4(), text="触电", department=repair)
    assert len(told(risk_manager)) == 2
    assert told(head_cleaning) == []


def test_what_was_taken_back_is_not_told(register, risk_manager):
    risk = make_risk(register, by=risk_manager)
    close_risk(risk, by=risk_manager, reason="误")
    Risk.objects.filter(pk=risk.pk).update(is_undone=True)
    assert told(risk_manager) == []


def test_more_news_cost_no_more_queries(register, risk_manager, django_assert_max_num_queries):
    def ask():
        return news_for(risk_manager, timezone.now() - timedelta(days=1), timezone.now())

    risk_manager.roles  # noqa: B018 - read once a request
    make_risk(register, by=risk_manager)
    with django_assert_max_num_queries(11) as first:
        ask()
    for _n in range(3):
        close_risk(make_risk(register, by=risk_manager), by=risk_manager, reason="停")
    with django_assert_max_num_queries(len(first)):
        assert len(ask()) == 3 + 1


def test_every_kind_has_a_chip():
    assert [kind for kind, _label in kinds()] == [
        "filings", "register", "levels", "strategies", "checks", "plans",
    ]  # fmt: skip
