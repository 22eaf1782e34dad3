"""From the card of a contingency plan to the incident for which it is begun."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.models import ContingencyActivation
from incidents.services.activations import start_activation
from tests.contingency import make_contingency
from tests.incidents.reporting import make_incident, make_incident_at

pytestmark = pytest.mark.django_db


def url(plan):
    return f"/m/contingency/{plan.code}/begin"


def codes(page):
    return [one.code for one in page.context["incidents"]]


def test_the_card_leads_to_it_and_it_begins_the_plan(sign_in, incident, plan, staff_cleaning):
    client = sign_in(staff_cleaning)
    assert f'href="{url(plan)}"' in client.get(f"/m/cp/{plan.code}").text
    page = client.get(url(plan))
    assert f'action="/m/incidents/{incident.code}/begin"' in page.text
    assert 'href="/m/incident"' in page.text
    client.post(f"/m/incidents/{incident.code}/begin", {"plan": plan.code})
    assert ContingencyActivation.objects.get().plan == plan


def test_what_is_open_and_seen_the_newest_first(
    sign_in, clean, repair, plan, risk, staff_cleaning, risk_manager
):
    theirs = make_incident(repair, risk_manager, "别处")
    first, second = (make_incident(clean, staff_cleaning, text) for text in ("一", "二"))
    make_incident_at("closed", clean, risk_manager, risk)
    assert codes(sign_in(staff_cleaning).get(url(plan))) == [second.code, first.code]
    assert codes(sign_in(risk_manager).get(url(plan))) == [second.code, first.code, theirs.code]


def test_where_it_runs_already_it_leads_there(sign_in, incident, plan, staff_cleaning):
    start_activation(incident, by=staff_cleaning, plan=plan)
    page = sign_in(staff_cleaning).get(url(plan))
    assert f'href="/m/incidents/{incident.code}/response"' in page.text
    assert "/begin" not in page.text.split("<main")[1]


def test_without_an_open_incident_one_is_reported_first(sign_in, plan, staff_cleaning):
    page = sign_in(staff_cleaning).get(url(plan))
    assert (codes(page), "请先上报" in page.text) == ([], True)


def test_whoever_only_reads_is_not_led_there(sign_in, incident, plan, auditor):
    client = sign_in(auditor)
    assert url(plan) not in client.get(f"/m/cp/{plan.code}").text
    assert client.get(url(plan)).status_code == 403


def test_a_plan_by_which_nobody_acts_is_not_there(sign_in, clean, risk_manager):
    draft = make_contingency(clean, by=risk_manager, in_force=False)
    assert sign_in(risk_manager).get(url(draft)).status_code == 404


def test_as_many_queries_for_three_as_for_one(sign_in, clean, plan, staff_cleaning):
    client = sign_in(staff_cleaning)
    make_incident(clean, staff_cleaning)
    client.get(url(plan))
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as found:
            client.get(url(plan))
        counts.append(len(found))
        make_incident(clean, staff_cleaning)
        make_incident(clean, staff_cleaning)
    assert counts[0] == counts[1]
