import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.assessments.changing import bring, day, make_change
from tests.builders import make_risk

pytestmark = pytest.mark.django_db

URL = "/changes/"


def listed(client, **query):
    page = client.get(URL, query)
    assert page.status_code == 200
    return [change.title for change in page.context["page"]]


@pytest.fixture
def changes(clean, tech, risk_manager):
    later = make_change(clean, by=risk_manager, title="晚", planned_on=day(40))
    sooner = make_change(clean, by=risk_manager, title="早", planned_on=day(9), kind="people")
    far = make_change(tech, by=risk_manager, title="远", planned_on=day(20))
    over = make_change(clean, by=risk_manager, title="完")
    bring(over, "reviewed", by=risk_manager)
    bring(sooner, "submitted", by=risk_manager)
    return later, sooner, far, over


def test_not_yet_over_and_planned_first_at_the_top(sign_in, changes, risk_manager, head_cleaning):
    assert listed(sign_in(risk_manager)) == ["早", "远", "晚"]
    assert listed(sign_in(head_cleaning)) == ["早", "晚"]


def test_by_state_kind_and_department(sign_in, changes, risk_manager):
    client = sign_in(risk_manager)
    assert listed(client, state="all") == ["早", "远", "完", "晚"]
    assert listed(client, state="reviewed") == ["完"]
    assert listed(client, state="waiting") == ["早"]
    assert listed(client, kind="people") == ["早"]
    assert listed(client, department="TECH") == ["远"]


def test_what_names_nothing_finds_nothing(sign_in, changes, risk_manager):
    page = sign_in(risk_manager).get(URL, {"state": "forged"})
    assert "nothing is found" in page.content.decode()
    assert list(page.context["page"]) == []


def test_another_department_sees_none_of_it(sign_in, changes, staff_repair):
    assert listed(sign_in(staff_repair)) == []
    page = sign_in(staff_repair).get(URL).content.decode()
    assert "No process change is open" in page
    assert "File a change" in page


def test_how_far_its_risks_are(sign_in, changes, register, risk_manager, clean):
    risk = make_risk(register, by=risk_manager, department=clean)
    change = make_change(clean, by=risk_manager, risks=[risk])
    bring(change, "submitted", by=risk_manager)
    assert "0 of 1 settled" in sign_in(risk_manager).get(URL).content.decode()


def test_who_only_reads_files_nothing(sign_in, changes, auditor):
    page = sign_in(auditor).get(URL).content.decode()
    assert "File a change" not in page


def test_who_sees_no_risks_sees_no_changes(sign_in, outsider):
    assert sign_in(outsider).get(URL).status_code == 403


def test_the_part_alone(sign_in, changes, risk_manager):
    headers = {"HX-Request": "true", "HX-Target": "change-rows"}
    page = sign_in(risk_manager).get(URL, headers=headers).content.decode()
    assert page.strip().startswith('<div class="rh-stack" id="change-rows"')
    assert "<h1>" not in page


def test_the_same_number_of_queries_for_one_and_for_three(sign_in, clean, risk_manager):
    def queries():
        client = sign_in(risk_manager)
        with CaptureQueriesContext(connection) as captured:
            listed(client)
        return len(captured)

    make_change(clean, by=risk_manager)
    one = queries()
    make_change(clean, by=risk_manager)
    make_change(clean, by=risk_manager)
    assert queries() == one
