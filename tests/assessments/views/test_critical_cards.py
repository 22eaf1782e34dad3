"""What asks for special measures stays on the home page of management until it is done."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from assessments.permissions import can_decide_any
from assessments.plans.critical_cards import critical_risks
from tests.assessments.pages import queries_of
from tests.assessments.services.test_plans import approve
from tests.builders import assess, make_plan, make_risk
from tests.cast import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def make(register, risk_manager, second_manager):
    def made(title, pair=(5, 5)):
        risk = make_risk(register, by=risk_manager, title=title)
        assess(risk, (5, 5), pair, by=risk_manager, confirmed_by=second_manager)
        return risk

    return made


def rows(user):
    with override("en"):
        side = critical_risks(user)
    return [(row.name, row.url, row.fact, row.is_late) for row in side.context["rows"]]


def test_without_any_there_is_no_card(make, approver):
    make("高", (4, 3))
    assert critical_risks(approver) is None


def test_from_no_plan_to_done(make, risk_manager, second_manager, approver, time_machine):
    risk = make("坠落")
    assert rows(approver) == [("坠落", "/risks/R001/", "no plan", True)]
    plan = make_plan(risk, by=risk_manager, submitted=True)
    assert rows(approver) == [("坠落", "/plans/RP-001/", "", False)]
    approve(plan, by=approver)
    assert rows(approver) == [("坠落", "/plans/RP-001/", "1 open action", False)]
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert rows(approver) == [("坠落", "/plans/RP-001/", "1 action late", True)]
    assess(risk, (5, 5), (2, 2), by=risk_manager, confirmed_by=second_manager)
    assert critical_risks(approver) is None


def test_whoever_stands_for_it_finds_it_first(make, risk_manager, approver):
    other = make_user("approver.two", "孙总", "approver")
    first, second = make("甲"), make("乙")
    for risk, sponsor in ((first, other), (second, approver)):
        make_plan(risk, by=risk_manager, submitted=True, sponsor=sponsor.pk)
    names = [name for name, *_rest in rows(other)]
    assert (names, [name for name, *_rest in rows(approver)]) == (["甲", "乙"], ["乙", "甲"])
    with override("en"):
        own, theirs = critical_risks(approver).context["rows"]
    assert (own.meta[2], theirs.meta[2]) == ("you are the sponsor", "孙总")
    assert theirs.meta[3] == "RP-001 Waiting for approval"


def test_only_what_one_sees(make, tech, approver):
    make("坠落")
    assert critical_risks(make_user("approver.tech", "别处", "approver", tech)) is None


def test_who_has_it(approver, risk_manager, outsider, auditor):
    people = (approver, risk_manager, outsider, auditor)
    assert [can_decide_any(one) for one in people] == [True, False, False, False]


def test_it_stands_on_the_home_page_and_asks_as_little_for_many(make, approver, sign_in):
    client, asked = sign_in(approver), []
    for n in range(3):
        make(f"风险 {n}")
        asked.append(queries_of(client, "/"))
    assert asked[1] == asked[2]
    assert "Special measures" in client.get("/").text
