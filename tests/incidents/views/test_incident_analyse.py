import pytest

from incidents.models import Incident
from tests.incidents.reporting import analyse, make_incident, make_incident_at
from tests.incidents.views.investigating import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, risk_manager):
    return make_incident(clean, risk_manager)


def test_why_and_why_that_are_kept_in_their_order(sign_in, incident, risk_manager):
    client = sign_in(risk_manager)
    values = {
        "why_1": "灯坏了", "why_3": "没人检查", "root_cause": "没有制度", "lessons": "每周检查",
        "version": "1",
    }  # fmt: skip
    assert send(client, incident, "causes", **values).status_code == 302
    stored = Incident.objects.get()
    assert (stored.whys, stored.root_cause, stored.lessons) == (
        ["灯坏了", "没人检查"], "没有制度", "每周检查",
    )  # fmt: skip
    page = client.get(incident.get_absolute_url()).text
    assert all(words in page for words in ("灯坏了", "没人检查", "没有制度", "每周检查"))


def test_what_was_written_stands_in_the_form(sign_in, incident, risk_manager):
    analyse(incident, risk_manager)
    form = sign_in(risk_manager).get(f"/incidents/{incident.code}/causes/").context["form"]
    assert (form["why_2"].value(), form["why_3"].value()) == ("没人检查", None)
    assert [*form.fields][:2] == ["why_1", "why_2"]


@pytest.mark.parametrize("version", ["7", ""])
def test_who_saw_an_older_one_is_told(version, sign_in, incident, risk_manager):
    sent = {"root_cause": "x", "version": version}
    response = send(sign_in(risk_manager), incident, "causes", **sent)
    assert (response.status_code, Incident.objects.get().root_cause) == (409, "")


def test_what_is_over_stays(sign_in, clean, risk_manager, risk):
    closed = make_incident_at("closed", clean, risk_manager, risk)
    assert send(sign_in(risk_manager), closed, "causes", root_cause="x").status_code == 403
