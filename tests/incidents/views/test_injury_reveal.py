import pytest

from incidents.services.injuries import record_injury
from riskhub.audit.models import AuditEvent
from tests.incidents.reporting import make_incident
from tests.incidents.views.investigating import send_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, staff_cleaning):
    return make_incident(clean, staff_cleaning)


@pytest.fixture
def person(incident, risk_manager):
    return record_injury(incident, by=risk_manager, role="customer", person_name="陈美玲")


def test_whoever_looks_into_it_reads_the_name_and_that_is_written_down(
    sign_in, person, risk_manager
):
    response = send_to(sign_in(risk_manager), person, "injuries", "name")
    assert (response.status_code, "陈美玲" in response.text) == (200, True)
    assert AuditEvent.objects.get(action="injury.name_read").actor_id == risk_manager.pk


def test_nobody_else_does(sign_in, person, staff_cleaning, auditor, head_repair):
    codes = [
        send_to(sign_in(one), person, "injuries", "name").status_code
        for one in (staff_cleaning, auditor, head_repair)
    ]
    assert codes == [403, 403, 404]
    assert not AuditEvent.objects.filter(action="injury.name_read").exists()
