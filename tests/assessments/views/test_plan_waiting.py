from datetime import date, datetime, timedelta

import pytest

from assessments.plans.content import PlannedResource
from riskhub.accounts.services import assign_role
from riskhub.company.preferences import company_zone
from tests.assessments.pages import queries_of
from tests.builders import assess, make_plan, make_risk
from tests.cast import make_user
from tests.controls import Controls, controls_of, navigation_of

pytestmark = pytest.mark.django_db

URL = "/approvals/"


@pytest.fixture
def critical(register, risk_manager, second_manager, clean):
    risk = make_risk(register, by=risk_manager, title="老人跌倒", department=clean)
    assess(risk, (5, 5), (5, 5), by=risk_manager, confirmed_by=second_manager)
    return risk


def test_what_is_due_first_stands_first(
    high_risk, critical, risk_manager, approver, sign_in, time_machine
):
    start = datetime(2026, 11, 24, 14, 2, tzinfo=company_zone())
    time_machine.move_to(start)
    high = make_plan(high_risk, by=risk_manager, submitted=True)
    time_machine.move_to(start + timedelta(days=2))
    urgent = make_plan(critical, by=risk_manager, submitted=True)
    time_machine.move_to(start + timedelta(days=6, hours=-4))
    page = sign_in(approver).get(URL)
    rows = page.context["rows"]
    assert [plan for plan, _waiting, _why in rows] == [urgent, high]
    assert [(w.days, w.is_late, w.due_on) for _plan, w, _why in rows] == [
        (4, True, date(2026, 11, 29)), (6, False, date(2026, 12, 4)),
    ]  # fmt: skip
    assert "1 day overdue, since 29 Nov" in page.text
    assert "due 4 Dec" in page.text


def test_what_is_asked_for_stands_in_the_row_and_in_the_summary(
    high_risk, risk_manager, approver, sign_in
):
    """Money and people are added up; what is too unlike is counted."""
    asked = [
        ("money", "32000", ""), ("money", "1500.50", ""), ("people", "1", ""), ("people", "2", ""),
        ("equipment", "12", "台"), ("time", "3", "天"),
    ]  # fmt: skip
    lines = tuple(
        PlannedResource(f"r{n}", kind, f"第 {n} 项", amount, unit)
        for n, (kind, amount, unit) in enumerate(asked)
    )
    make_plan(high_risk, by=risk_manager, submitted=True, resources=lines)
    client = sign_in(approver)
    words = "CNY 33,500.50, 3 people, 2 more"
    for page in (URL, "/plans/RP-001/decide/"):
        assert words in client.get(page).text
    page = client.get("/plans/RP-001/decide/").text
    assert 'class="btn btn-primary rh-only-sm" href="#decide-form"' in page
    assert page.count("rh-grant-note") == 6


def test_one_person_is_a_person(high_risk, risk_manager, approver, sign_in):
    one = PlannedResource("r1", "people", "夜班", "1")
    make_plan(high_risk, by=risk_manager, submitted=True, resources=(one,))
    assert ">1 person<" in sign_in(approver).get(URL).text


@pytest.mark.parametrize(("days", "words"), [(9, "due tomorrow"), (10, "due today")])
def test_what_is_due_now_says_so(
    high_risk, risk_manager, approver, sign_in, time_machine, days, words
):
    start = datetime(2026, 11, 24, 14, 2, tzinfo=company_zone())
    time_machine.move_to(start)
    make_plan(high_risk, by=risk_manager, submitted=True)
    time_machine.move_to(start + timedelta(days=days))
    page = sign_in(approver).get(URL)
    assert words in page.text


def test_ones_own_is_there_with_the_reason(high_risk, risk_manager, approver, sign_in):
    make_plan(high_risk, by=approver, submitted=True)
    ((_plan, _waiting, why),) = sign_in(approver).get(URL).context["rows"]
    assert why == "You submitted this plan, so another approver decides on it."


def test_an_approver_of_a_department_sees_theirs(
    register, high_risk, risk_manager, repair, tech, sign_in
):
    make_plan(high_risk, by=risk_manager, submitted=True)
    theirs = make_risk(register, by=risk_manager, title="别的部门", department=repair)
    assess(theirs, (1, 1), (1, 1), by=risk_manager)
    page = sign_in(make_user("approver.tech", "别处", "approver", tech)).get(URL)
    assert page.context["rows"] == []
    assert "Nothing waits for a decision" in page.text


def test_an_auditor_reads_the_same_rows_and_decides_nothing(
    high_risk, critical, risk_manager, approver, auditor, sign_in
):
    plans = [make_plan(risk, by=risk_manager, submitted=True) for risk in (high_risk, critical)]
    client = sign_in(auditor)
    page, theirs = client.get(URL), sign_in(approver).get(URL)
    rows, expected = page.context["rows"], theirs.context["rows"]
    assert [row[0] for row in rows] == [row[0] for row in expected] == plans[::-1]
    assert controls_of(page) == []
    assert controls_of(theirs) == ["a", "a", "a"]  # to the stand-ins, and to each plan
    found = Controls(page.text).links
    assert {link for link in found if "/plans/RP" in link} == {
        f"/plans/{plan.code}/" for plan in plans
    }
    assert navigation_of(page, URL) == [["Approvals"]]
    assert navigation_of(page, "/plans/") == [["Respond"], ["Plans"]]
    assert navigation_of(theirs, "/plans/") == [["Respond", "2"], ["Plans"]]
    assert [Controls(each.text).links.count(URL) for each in (page, theirs)] == [2, 3]
    assert client.post(URL).status_code == 405


def test_who_reads_all_and_decides_for_one_department(
    register, high_risk, risk_manager, second_manager, repair, tech, sign_in
):
    """A link to the decision only where it may be made."""
    reader = make_user("reader", "郑和", "auditor")
    assign_role(reader, by=None, role="approver", department=tech)
    make_plan(high_risk, by=risk_manager, submitted=True)
    theirs = make_risk(register, by=risk_manager, title="别的部门", department=repair)
    assess(theirs, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
    plan = make_plan(theirs, by=risk_manager, submitted=True)
    page = sign_in(reader).get(URL)
    assert len(page.context["rows"]) == 2
    links = [link for link in Controls(page.text).links if link.endswith("/decide/")]
    assert links == [f"/plans/{plan.code}/decide/"] * 2


def test_drafts_and_decided_ones_do_not_wait(high_risk, risk_manager, approver, sign_in):
    make_plan(high_risk, by=risk_manager)
    assert sign_in(approver).get(URL).context["rows"] == []


def test_the_query_count_does_not_grow(register, risk_manager, second_manager, approver, sign_in):
    client, asked = sign_in(approver), []
    for n in range(3):
        risk = make_risk(register, by=risk_manager, title=f"风险 {n}")
        assess(risk, (5, 5), (4, 3), by=risk_manager, confirmed_by=second_manager)
        make_plan(risk, by=risk_manager, submitted=True)
        asked.append(queries_of(client, URL))
    assert asked[0] == asked[2]


@pytest.mark.parametrize("who", ["risk_manager", "head_cleaning", "outsider"])
def test_who_may_not(request, sign_in, who):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == 403
    assert client.post(URL).status_code == 405
