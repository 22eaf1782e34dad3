import pytest

from incidents.models import StatutoryClock
from tests.incidents.reporting import confirmed, make_incident
from tests.incidents.views.investigating import send

pytestmark = pytest.mark.django_db


def test_one_that_nothing_would_have_started(sign_in, clean, risk_manager):
    confirmed(risk_manager, "data_breach", "work_injury")
    incident = make_incident(clean, risk_manager, kind="violation")
    client = sign_in(risk_manager)
    assert "启动一条" in client.get(incident.get_absolute_url()).text
    assert send(client, incident, "clock", rule="insurer_notice").status_code == 422
    for _ in range(2):
        send(client, incident, "clock", rule="data_breach")
    assert [clock.rule.code for clock in StatutoryClock.objects.all()] == ["data_breach"]


def test_while_none_is_on_nothing_is_offered(sign_in, clean, risk_manager):
    incident = make_incident(clean, risk_manager)
    assert "法定时限</h2>" not in sign_in(risk_manager).get(incident.get_absolute_url()).text


def test_its_reporter_does_not(sign_in, clean, staff_cleaning):
    incident = make_incident(clean, staff_cleaning)
    assert send(sign_in(staff_cleaning), incident, "clock").status_code == 403
