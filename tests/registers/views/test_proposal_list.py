from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from registers.models import RiskProposal
from registers.services import ask_filer, decline_proposal, file_proposal
from riskhub.accounts.services import assign_role
from tests.controls import controls_of, navigation_of
from tests.registers.pages import links_of, main_of

URL = "/inbox/triage/"


@pytest.fixture
def file(db):
    def make(by, text):
        return file_proposal(by=by, client_uuid=uuid4(), text=text, department=by.department)[0]

    return make


def test_the_oldest_first_and_only_those_that_wait(file, manager, staff_cleaning, risk_manager):
    first = file(staff_cleaning, "先到的")
    decline_proposal(file(staff_cleaning, "办完的"), by=risk_manager, reason="重复")
    second = file(staff_cleaning, "后到的")
    page = manager.get(URL)
    assert [row.proposal for row in page.context["rows"]] == [first, second]
    assert "办完的" not in main_of(page)
    assert "王芳" in main_of(page)
    for proposal in (first, second):
        assert f"{URL}{proposal.pk}/" in links_of(page)


def test_the_first_stands_open_beside_the_list(file, manager, staff_cleaning):
    first = file(staff_cleaning, "先到的")
    file(staff_cleaning, "后到的")
    page = manager.get(URL)
    assert page.context["filing"].proposal == first
    assert [row.is_chosen for row in page.context["rows"]] == [True, False]
    assert {"accept", "merge", "ask", "decline"} <= page.context["filing"].forms.keys()


def test_what_waits_for_an_answer_stands_apart(file, manager, staff_cleaning, risk_manager):
    asked = file(staff_cleaning, "要问的")
    ask_filer(asked, by=risk_manager, question="哪一单？")
    page = manager.get(URL)
    assert (page.context["page"].count, page.context["rows"]) == (0, [])
    assert [row.proposal for row in page.context["asked"]] == [asked]
    assert page.context["filing"].proposal == asked
    words = main_of(page)
    assert words.index("没有等你处理的事项。") < words.index("等待答复 1") < words.index("要问的")


@pytest.mark.parametrize(
    ("days", "fact", "is_late"),
    [(0, "今天", False), (7, "已等 7 天", False), (8, "已等 8 天", True)],
)
def test_how_long_a_row_has_waited(file, manager, staff_cleaning, days, fact, is_late):
    file(staff_cleaning, "先到的")
    RiskProposal.objects.update(submitted_at=timezone.now() - timedelta(days=days, minutes=-1))
    (row,) = manager.get(URL).context["rows"]
    assert (row.fact, row.is_late) == (fact, is_late)


def test_a_department_manager_sees_their_own(
    file, sign_in, ops_manager, staff_cleaning, staff_repair
):
    file(staff_cleaning, "保洁的")
    file(staff_repair, "维修的")
    words = main_of(sign_in(ops_manager).get(URL))
    assert "保洁的" in words
    assert "维修的" not in words


def test_an_auditor_reads_the_same_rows_and_has_nothing_to_press(
    file, manager, sign_in, auditor, staff_cleaning, staff_repair
):
    file(staff_cleaning, "保洁的")
    file(staff_repair, "维修的")
    client = sign_in(auditor)
    page, theirs = client.get(URL), manager.get(URL)
    assert [one.text for one in page.context["page"]] == ["保洁的", "维修的"]
    assert controls_of(page) == []
    assert controls_of(theirs).count("form") == 4
    assert navigation_of(page, URL) == [["识别"], ["待受理"]]
    assert navigation_of(theirs, URL) == [["识别", "2"], ["待受理", "2"]]
    assert client.post(URL).status_code == 405


def test_who_reads_all_and_decides_for_one_department(
    file, sign_in, auditor, tech, staff_cleaning, staff_repair
):
    assign_role(auditor, by=None, role="risk_manager", department=tech)
    theirs, mine = file(staff_cleaning, "保洁的"), file(staff_repair, "维修的")
    client = sign_in(auditor)
    assert client.get(URL).context["page"].count == 2
    assert not client.get(f"{URL}{theirs.pk}/").context["filing"].forms
    assert client.get(f"{URL}{mine.pk}/").context["filing"].forms


def test_the_part_and_only_that(file, manager, part, staff_cleaning):
    file(staff_cleaning, "先到的")
    body = part(manager, URL, "proposal-rows").content.decode()
    assert '<div class="rh-card rh-triage-rows" id="proposal-rows"' in body
    assert "<html" not in body
    assert 'id="filing"' not in body


def test_as_many_queries_for_three_as_for_one(file, manager, queries, staff_cleaning, staff_repair):
    file(staff_cleaning, "一")
    one = queries(manager, URL)
    file(staff_repair, "二")
    file(staff_cleaning, "三")
    assert queries(manager, URL) == one


def test_empty(manager):
    page = manager.get(URL)
    assert (page.context["page"].count, page.context["filing"]) == (0, None)
    assert "没有待受理的上报" in main_of(page) or "收件" in main_of(page)


@pytest.mark.parametrize(
    "who", ["head_cleaning", "staff_cleaning", "approver", "admin", "outsider"]
)
def test_only_those_who_decide_and_the_auditor(sign_in, request, who):
    assert sign_in(request.getfixturevalue(who)).get(URL).status_code == 403


def test_only_read(manager):
    assert manager.post(URL).status_code == 405
