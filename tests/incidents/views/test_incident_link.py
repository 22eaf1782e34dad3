import pytest

from assessments.models import ReassessmentTask
from incidents.models import IncidentRisk
from incidents.services.lasting import IncidentOver
from tests.builders import make_risk
from tests.incidents.reporting import make_incident
from tests.incidents.views.investigating import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, risk_manager):
    return make_incident(clean, risk_manager)


@pytest.mark.parametrize(("known", "words"), [("yes", "已在登记表中"), ("no", "登记表里没有")])
def test_the_risk_is_named_and_asked_for_again(known, words, sign_in, incident, risk, risk_manager):
    client = sign_in(risk_manager)
    sent = {"risk": risk.code.lower(), "known_before": known}
    assert send(client, incident, "risk", **sent).status_code == 302
    link = IncidentRisk.objects.get()
    assert (link.risk, link.known_before, link.confirmed_by) == (
        risk, known == "yes", risk_manager,
    )  # fmt: skip
    assert ReassessmentTask.objects.get().reason == "incident"
    assert risk.code in client.get(incident.get_absolute_url()).text


def test_a_risk_that_one_does_not_see_is_none(
    sign_in, incident, register, risk_manager, repair, head_cleaning
):
    theirs = make_risk(register, by=risk_manager, department=repair)
    response = send(sign_in(head_cleaning), incident, "risk", risk=theirs.code, known_before="yes")
    assert (response.status_code, IncidentRisk.objects.count()) == (422, 0)


def test_whether_it_was_known_is_asked(sign_in, incident, risk, risk_manager):
    assert send(sign_in(risk_manager), incident, "risk", risk=risk.code).status_code == 422


def test_the_page_names_no_risk_that_the_reader_does_not_see(
    sign_in, incident, register, risk_manager, repair, head_cleaning
):
    theirs = make_risk(register, by=risk_manager, department=repair, title="别人的风险")
    send(sign_in(risk_manager), incident, "risk", risk=theirs.code, known_before="yes")
    assert "别人的风险" not in sign_in(head_cleaning).get(incident.get_absolute_url()).text


def test_one_that_was_closed_in_between_is_told(sign_in, incident, risk, risk_manager, monkeypatch):
    def closed(*_args, **_facts):
        raise IncidentOver

    monkeypatch.setattr("incidents.views.incident_risks.link_incident_risk", closed)
    response = send(sign_in(risk_manager), incident, "risk", risk=risk.code, known_before="no")
    assert response.status_code == 409
