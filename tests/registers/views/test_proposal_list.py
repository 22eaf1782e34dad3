from uuid import uuid4

import pytest

from registers.services import decline_proposal, file_proposal
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
    words = main_of(page)
    assert words.index("先到的") < words.index("后到的")
    assert "办完的" not in words
    assert "王芳" in words
    for proposal in (first, second):
        assert f"{URL}{proposal.pk}/" in links_of(page)


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
    assert controls_of(theirs) == ["a", "a"]
    assert navigation_of(page, URL) == [["识别"], ["待受理"]]
    assert navigation_of(theirs, URL) == [["识别", "2"], ["待受理", "2"]]
    assert client.post(URL).status_code == 405


def test_who_reads_all_and_decides_for_one_department(
    file, sign_in, auditor, tech, staff_cleaning, staff_repair
):
    assign_role(auditor, by=None, role="risk_manager", department=tech)
    file(staff_cleaning, "保洁的")
    mine = file(staff_repair, "维修的")
    page = sign_in(auditor).get(URL)
    assert page.context["page"].count == 2
    assert page.context["decidable"] == {mine.pk}


def test_the_part_and_only_that(file, manager, part, staff_cleaning):
    file(staff_cleaning, "先到的")
    body = part(manager, URL, "proposal-rows").content.decode()
    assert body.strip().startswith('<div class="rh-card" id="proposal-rows"')
    assert "<html" not in body


def test_as_many_queries_for_three_as_for_one(file, manager, queries, staff_cleaning, staff_repair):
    file(staff_cleaning, "一")
    one = queries(manager, URL)
    file(staff_repair, "二")
    file(staff_cleaning, "三")
    assert queries(manager, URL) == one


def test_empty(manager):
    assert manager.get(URL).context["page"].count == 0


@pytest.mark.parametrize(
    "who", ["head_cleaning", "staff_cleaning", "approver", "admin", "outsider"]
)
def test_only_those_who_decide_and_the_auditor(sign_in, request, who):
    assert sign_in(request.getfixturevalue(who)).get(URL).status_code == 403


def test_only_read(manager):
    assert manager.post(URL).status_code == 405
