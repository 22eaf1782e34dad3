from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Action
from assessments.plans.content import PlannedAction
from assessments.services import decide_plan, finish_action
from tests.builders import assess, make_plan, make_risk

pytestmark = pytest.mark.django_db

URL = "/actions/"


@pytest.fixture
def actions(register, risk_manager, second_manager, approver):
    """`actions(owner, days, ...)`: one action for each owner, due in so many days, of one plan each."""

    def make(*owned, department=None):
        made = []
        for owner, days in owned:
            risk = make_risk(register, by=risk_manager, department=department)
            assess(risk, (4, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
            today = timezone.localdate()
            step = PlannedAction("a", f"{owner} {days}", owner.pk, today.isoformat())
            plan = make_plan(risk, by=risk_manager, submitted=True, actions=(step,))
            decide_plan(plan, by=approver, decision="approved", content_hash=plan.head.content_hash)
            Action.objects.filter(plan=plan).update(due_on=today + timedelta(days=days))
            made.append(Action.objects.get(plan=plan))
        return made

    return make


def listed(client, **query):
    page = client.get(URL, query)
    assert page.status_code == 200
    return list(page.context["page"])


def test_mine_first_due_first(sign_in, actions, staff_cleaning, head_cleaning, clean):
    later, sooner, _others = actions(
        (staff_cleaning, 5), (staff_cleaning, -1), (head_cleaning, 0), department=clean
    )
    assert listed(sign_in(staff_cleaning)) == [sooner, later]


def test_late_ones_of_others(sign_in, actions, staff_cleaning, head_cleaning, clean):
    late, _own, _in_time = actions(
        (staff_cleaning, -1), (head_cleaning, -1), (staff_cleaning, 0), department=clean
    )
    assert listed(sign_in(head_cleaning), view="late") == [late]


def test_all_that_are_open(sign_in, actions, staff_cleaning, head_cleaning, clean):
    first, second, done = actions(
        (staff_cleaning, -1), (head_cleaning, 1), (head_cleaning, 2), department=clean
    )
    finish_action(done, by=head_cleaning, note="做完了")
    assert listed(sign_in(staff_cleaning), view="all") == [first, second]
    assert listed(sign_in(staff_cleaning), view="forged") == [first, second]


def test_all_late_ones_and_those_of_a_department(
    sign_in, actions, risk_manager, staff_cleaning, staff_repair, clean
):
    late, _in_time = actions((staff_cleaning, -1), (staff_cleaning, 1), department=clean)
    client = sign_in(risk_manager)
    assert listed(client, view="overdue") == [late]
    assert listed(client, view="overdue", department="ops") == [late]
    assert listed(client, view="overdue", department="TECH") == []
    assert client.get(URL, {"department": "OPS"}).context["department"].code == "OPS"


def test_another_department_sees_none_of_it(sign_in, actions, staff_cleaning, staff_repair, clean):
    actions((staff_cleaning, -1), department=clean)
    for view in ("mine", "late", "all"):
        assert listed(sign_in(staff_repair), view=view) == []


def test_nothing_to_do_is_an_answer(sign_in, staff_cleaning):
    assert "Nothing to do here" in sign_in(staff_cleaning).get(URL).content.decode()


def test_who_sees_no_risks_sees_no_actions(sign_in, outsider):
    assert sign_in(outsider).get(URL).status_code == 403


def test_posting_is_refused(sign_in, staff_cleaning):
    assert sign_in(staff_cleaning).post(URL).status_code == 405


def test_the_part_alone(sign_in, actions, staff_cleaning, clean):
    actions((staff_cleaning, 1), department=clean)
    headers = {"HX-Request": "true", "HX-Target": "action-rows"}
    page = sign_in(staff_cleaning).get(URL, headers=headers).content.decode()
    assert page.strip().startswith('<section class="rh-card" id="action-rows"')
    assert "<h1>" not in page


def test_the_same_number_of_queries_for_one_and_for_three(sign_in, actions, staff_cleaning, clean):
    def queries():
        client = sign_in(staff_cleaning)
        with CaptureQueriesContext(connection) as captured:
            listed(client)
        return len(captured)

    actions((staff_cleaning, 1), department=clean)
    one = queries()
    actions((staff_cleaning, 2), (staff_cleaning, 3), department=clean)
    assert queries() == one
