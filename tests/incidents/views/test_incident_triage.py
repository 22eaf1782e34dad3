import pytest

from incidents.models import Incident
from tests.incidents.reporting import make_incident, triage
from tests.incidents.views.investigating import send
from tests.registers.audit import Trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, staff_cleaning):
    return make_incident(clean, staff_cleaning)


@pytest.fixture
def values(risk_manager):
    return {
        "kind": "hazard", "actual_severity": "2", "potential_severity": "4", "version": "1",
        "investigator": risk_manager.pk,
    }  # fmt: skip


def test_it_is_sorted(sign_in, incident, values, risk_manager):
    trail = Trail()
    response = send(sign_in(risk_manager), incident, "triage", **values)
    assert (response.status_code, response["Location"]) == (302, f"/incidents/{incident.code}/")
    stored = Incident.objects.get()
    assert (stored.state, stored.kind.code, stored.actual_severity, stored.potential_severity) == (
        "triaged", "hazard", 2, 4,
    )  # fmt: skip
    assert trail.only("incidents_incident").action == "incident.triaged"


def test_not_known_is_not_0(sign_in, incident, values, risk_manager):
    send(sign_in(risk_manager), incident, "triage", **values | {"actual_severity": ""})
    assert Incident.objects.get().actual_severity is None


def test_whoever_may_look_into_it_is_offered(
    sign_in, incident, risk_manager, head_cleaning, auditor
):
    page = sign_in(risk_manager).get(f"/incidents/{incident.code}/triage/")
    offered = set(page.context["form"].fields["investigator"].queryset)
    assert {risk_manager, head_cleaning} <= offered
    assert auditor not in offered


def test_what_could_have_been_is_no_better(sign_in, incident, values, risk_manager):
    response = send(sign_in(risk_manager), incident, "triage", **values | {"actual_severity": "5"})
    assert (response.status_code, Incident.objects.get().state) == (422, "reported")


def test_once_it_is_sorted_there_is_nothing_to_sort(sign_in, incident, values, risk_manager):
    triage(incident, risk_manager)
    client = sign_in(risk_manager)
    assert client.get(f"/incidents/{incident.code}/triage/").status_code == 302
    assert send(client, incident, "triage", **values).status_code == 409


def test_who_saw_an_older_one_is_told(sign_in, incident, values, risk_manager):
    response = send(sign_in(risk_manager), incident, "triage", **values | {"version": "7"})
    assert (response.status_code, Incident.objects.get().state) == (409, "reported")


def test_its_reporter_reads_and_does_not_sort(
    sign_in, incident, values, staff_cleaning, head_repair
):
    assert send(sign_in(staff_cleaning), incident, "triage", **values).status_code == 403
    assert send(sign_in(head_repair), incident, "triage", **values).status_code == 404
