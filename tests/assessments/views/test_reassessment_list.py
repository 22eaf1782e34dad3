import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.services import waive_reassessment
from tests.assessments.reassessing import ask_again
from tests.builders import make_risk

pytestmark = pytest.mark.django_db

URL = "/reassessments/"


@pytest.fixture
def task(register, risk_manager, clean):
    """`task(days, reason, owner=...)`: of a risk of its own, of the cleaning team."""

    def make(days=7, reason="manual", *, department=None, owner=None, **more):
        risk = make_risk(register, by=risk_manager, department=department or clean, owner=owner)
        return ask_again(risk, reason, days, by=risk_manager, **more)

    return make


def listed(client, **query):
    page = client.get(URL, query)
    assert page.status_code == 200
    return list(page.context["page"])


def test_mine_overdue_first(sign_in, task, risk_manager, head_cleaning):
    later, late = task(5, owner=head_cleaning), task(-1, owner=head_cleaning)
    task(0, owner=risk_manager)
    assert listed(sign_in(head_cleaning)) == [late, later]


def test_what_staff_own_or_nobody_waits_for_the_head_who_may_assess_it(
    sign_in, task, staff_cleaning, head_cleaning, risk_manager, tech
):
    of_staff, of_nobody = task(1, owner=staff_cleaning), task(2)
    task(3, department=tech)  # not theirs to assess
    assert listed(sign_in(head_cleaning), view="mine") == [of_staff, of_nobody]
    assert listed(sign_in(risk_manager), view="mine") == []
    assert listed(sign_in(staff_cleaning), view="mine") == []
    page = sign_in(staff_cleaning).get(URL)
    assert list(page.context["page"]) == [of_staff, of_nobody]
    assert "/assess/" not in page.text.partition("<main")[2]


def test_none_of_mine_says_how_many_there_are(
    sign_in, task, head_cleaning, head_repair, risk_manager
):
    task(1, owner=risk_manager), task(2, owner=risk_manager)
    page = sign_in(head_cleaning).get(URL).text
    assert "None of yours, 2 in all" in page
    assert 'href="?view=all"' in page
    assert "None here, 2 in all" in sign_in(head_cleaning).get(URL, {"view": "late"}).text
    assert "Nothing to judge again" in sign_in(head_repair).get(URL).text


def test_the_risk_manager_begins_with_all(sign_in, task, risk_manager):
    one = task(1)
    page = sign_in(risk_manager).get(URL)
    assert list(page.context["page"]) == [one]
    assert '<a href="?view=all" aria-current="true">' in page.text


def test_those_that_nobody_owns(sign_in, task, risk_manager, staff_cleaning):
    free, _owned = task(2), task(1, owner=staff_cleaning)
    assert listed(sign_in(risk_manager), view="nobody") == [free]


def test_those_of_my_department_and_its_parts(
    sign_in, task, head_cleaning, risk_manager, ops, tech
):
    below, own = task(2), task(3, department=ops)
    far = task(1, department=tech)
    assert listed(sign_in(head_cleaning), view="department") == [below, own]
    assert listed(sign_in(risk_manager), view="all") == [far, below, own]
    assert listed(sign_in(risk_manager), view="department") == []  # belongs to none


def test_another_department_sees_none_of_it(sign_in, task, staff_repair):
    task(-1)
    for view in ("mine", "department", "all"):
        assert listed(sign_in(staff_repair), view=view) == []


def test_by_reason_and_by_department(sign_in, task, risk_manager, tech):
    change, incident = task(1, "change"), task(2, "incident", department=tech)
    client = sign_in(risk_manager)
    assert listed(client, view="all", reason="change") == [change]
    assert listed(client, view="all", department="TECH") == [incident]
    assert listed(client, view="all", reason=["change", "incident"], department="OPS") == [change]


def test_an_address_that_names_nothing_finds_nothing_and_says_so(sign_in, task, risk_manager):
    task(1)
    for query in ({"reason": "weather"}, {"view": "everything"}, {"department": "NONE"}):
        page = sign_in(risk_manager).get(URL, {"view": "all"} | query)
        assert list(page.context["page"]) == []
    assert "nothing is found" in page.content.decode()


def test_what_is_waived_is_off_the_list(sign_in, task, risk_manager):
    waive_reassessment(task(1), by=risk_manager, reason="现场看过，做法和评分都没有变")
    assert listed(sign_in(risk_manager), view="all") == []


def test_each_row_says_why_and_leads_to_the_form_in_one_press(sign_in, task, head_cleaning):
    one = task(-2, "incident", label_zh="漏水事件", label_en="Leak I-2026-0001")
    page = sign_in(head_cleaning).get(URL, {"view": "all"}).content.decode()
    assert "Leak I-2026-0001" in page
    assert "overdue since" in page
    assert f'href="/risks/{one.risk.code}/assess/"' in page
    assert "/waive/" not in page  # that is the risk manager's


def test_who_may_not_assess_gets_no_button(sign_in, task, staff_cleaning, auditor):
    task(1)
    for user in (staff_cleaning, auditor):
        page = sign_in(user).get(URL, {"view": "all"}).content.decode()
        assert "/assess/" not in page
        assert "R001" in page


def test_nothing_to_do_is_an_answer(sign_in, staff_cleaning):
    assert "Nothing to judge again" in sign_in(staff_cleaning).get(URL).content.decode()


def test_who_sees_no_risks_sees_no_tasks(sign_in, outsider):
    assert sign_in(outsider).get(URL).status_code == 403


def test_posting_is_refused(sign_in, staff_cleaning):
    assert sign_in(staff_cleaning).post(URL).status_code == 405


def test_the_part_alone(sign_in, task, staff_cleaning):
    task(1, owner=staff_cleaning)
    headers = {"HX-Request": "true", "HX-Target": "reassessment-rows"}
    page = sign_in(staff_cleaning).get(URL, headers=headers).content.decode()
    assert page.strip().startswith('<div class="rh-stack" id="reassessment-rows"')
    assert "<h1>" not in page


def test_the_same_number_of_queries_for_one_and_for_three(sign_in, task, head_cleaning):
    def queries():
        client = sign_in(head_cleaning)
        with CaptureQueriesContext(connection) as captured:
            listed(client, view="all")
        return len(captured)

    task(1)
    one = queries()
    task(2)
    task(3)
    assert queries() == one
