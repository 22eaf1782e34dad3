import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import ReassessmentTask
from assessments.services import waive_reassessment
from registers.models import NodeRisk, ProcessNode
from riskhub.entry.day_words import day as shown
from tests.assessments.changing import bring, day, make_change, settle
from tests.builders import make_risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def node(db):
    return ProcessNode.objects.get(map__code="PM-01", key="intake")


@pytest.fixture
def pinned(register, risk_manager, node):
    """`pinned(department)`: a risk at the step."""

    def make(department, title="接单出错"):
        risk = make_risk(register, by=risk_manager, department=department, title=title)
        NodeRisk.objects.create(map=node.map, node_key=node.key, risk=risk)
        return risk

    return make


@pytest.fixture
def change(clean, tech, staff_cleaning, node, pinned):
    """Of CLEAN, at a step where a risk of CLEAN and one of TECH live."""
    pinned(clean)
    pinned(tech, title="检修迟到")
    return make_change(clean, by=staff_cleaning, nodes=[node])


def read(client, change):
    page = client.get(f"/changes/{change.code}/")
    assert page.status_code == 200
    return page.content.decode()


def test_the_filer_sees_the_own_risks_and_how_many_others_there_are(
    sign_in, change, staff_cleaning
):
    page = read(sign_in(staff_cleaning), change)
    assert "接单出错" in page
    assert "检修迟到" not in page
    assert "And 1 risk of a department that you do not see." in page
    assert "Submit the change" in page


def test_the_risk_manager_sees_all_and_takes_the_next_step(sign_in, change, risk_manager):
    client = sign_in(risk_manager)
    assert "检修迟到" in read(client, change)
    bring(change, "submitted", by=risk_manager)
    page = read(client, change)
    assert "Take it on" in page
    assert "0 of 2 settled" in page
    assert "/reassessments/" in page


def test_why_the_next_step_cannot_be_taken(sign_in, change, risk_manager, staff_cleaning):
    bring(change, "assessing", by=risk_manager)
    page = read(sign_in(risk_manager), change)
    assert "2 risks are still to be judged again." in page
    assert "Call it ready" not in page
    page = read(sign_in(staff_cleaning), change)
    assert "is the risk manager’s" in page
    settle(change, by=risk_manager)
    page = read(sign_in(risk_manager), change)
    assert "Call it ready" in page
    assert "2 of 2 settled" in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("ready", "Put it live"), ("implemented", "Review it"), ("reviewed", "As intended"),
        ("cancelled", "Why it is cancelled:"),
    ],
)  # fmt: skip
def test_each_later_state(sign_in, change, risk_manager, state, words):
    bring(change, state, by=risk_manager)
    assert words in read(sign_in(risk_manager), change)


def test_another_department_sees_it_once_it_asks_for_a_risk_of_theirs(
    sign_in, change, head_repair, risk_manager
):
    client = sign_in(head_repair)
    assert client.get(f"/changes/{change.code}/").status_code == 404
    bring(change, "submitted", by=risk_manager)
    page = read(client, change)
    assert "检修迟到" in page
    assert "接单出错" not in page
    assert "is the risk manager’s" in page
    assert "/take-on/" not in page


def test_the_auditor_reads_it_and_does_nothing(sign_in, change, auditor):
    page = read(sign_in(auditor), change)
    assert 'method="post"' not in page.partition("<main")[2]


def test_it_is_read_only(sign_in, change, risk_manager):
    assert sign_in(risk_manager).post(f"/changes/{change.code}/").status_code == 405


def test_the_page_of_the_risk_says_so(sign_in, change, risk_manager, head_repair):
    bring(change, "submitted", by=risk_manager)
    page = sign_in(head_repair).get("/risks/R002/").content.decode()
    assert "CH-001 夜间上门改为双人" in page
    assert "Risks of a change asked for" in page


def test_the_same_number_of_queries_for_one_and_for_three(
    sign_in, change, risk_manager, pinned, clean
):
    def queries():
        client = sign_in(risk_manager)
        with CaptureQueriesContext(connection) as captured:
            read(client, change)
        return len(captured)

    few = queries()
    for n in range(3):
        pinned(clean, title=f"又一个{n}")
    assert queries() == few


def test_why_a_shared_task_is_due_earlier_and_for_whom_it_is_waived(
    sign_in, clean, risk, risk_manager, second_manager
):
    soon, late = (
        make_change(clean, by=risk_manager, risks=[risk], planned_on=day(n)) for n in (20, 40)
    )
    for change in (soon, late):
        bring(change, "submitted", by=risk_manager)
    client, said = sign_in(second_manager), "that early because CH-001 waits for it, too"
    assert said in read(client, late)
    assert "that early because" not in read(client, soon)
    assert "waive/?change=CH-002" in read(client, late)
    task = ReassessmentTask.objects.get()
    waive_reassessment(task, by=second_manager, reason="两人一组已经试过一个月", change=soon)
    assert "that early because" not in read(client, late)
    page = read(client, soon)
    assert f'Waived <i class="rh-sep"></i> {shown(timezone.now())}</span>' in page
    assert "两人一组已经试过一个月" in page
    assert "1 of 1 settled" in page
    assert "0 of 1 settled" in read(client, late)
