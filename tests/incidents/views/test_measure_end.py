import pytest

from incidents.models import IncidentMeasure
from incidents.services.measures import link_measure
from tests.builders import assess, make_plan
from tests.incidents.reporting import make_incident
from tests.incidents.views.investigating import send_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(clean, risk, staff_cleaning, risk_manager):
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    action = make_plan(risk, by=risk_manager, submitted=True).actions.get()
    return link_measure(make_incident(clean, staff_cleaning), by=risk_manager, action=action)


def test_it_has_nothing_to_do_with_it(sign_in, measure, risk_manager):
    client = sign_in(risk_manager)
    assert measure.action.title in client.get(f"/incidents/measures/{measure.pk}/end/").text
    assert send_to(client, measure, "measures", "end", reason="").status_code == 422
    assert send_to(client, measure, "measures", "end", reason="无关").status_code == 302
    assert not IncidentMeasure.objects.exists()


def test_its_reporter_does_not(sign_in, measure, staff_cleaning):
    assert send_to(sign_in(staff_cleaning), measure, "measures", "end").status_code == 403
