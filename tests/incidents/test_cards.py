"""What bears one's name on /my/: each number is that of its list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from incidents.services.handling import take_complaint
from tests.incidents.complaining import make_complaint
from tests.incidents.reporting import make_incident, triage

pytestmark = pytest.mark.django_db


def section(client, url):
    (found,) = [one for one in client.get("/my/").context["sections"] if one.url == url]
    return found


def test_complaints_that_one_handles_the_late_ones_red(sign_in, service, second_service):
    for _n in range(6):
        take_complaint(make_complaint(), by=service)
    late = make_complaint(received_at=timezone.now() - timedelta(days=20))
    take_complaint(late, by=service)
    take_complaint(make_complaint(), by=second_service)
    client, url = sign_in(service), "/incidents/complaints/?view=mine"
    mine = section(client, url)
    assert (mine.count, len(mine.rows), mine.late) == (7, 5, 1)
    assert (mine.rows[0].url, mine.rows[0].is_late) == (late.get_absolute_url(), True)
    assert client.get(url).context["page"].count == mine.count


def test_incidents_that_one_looks_into(sign_in, clean, risk_manager, head_cleaning):
    ours, theirs = make_incident(clean, risk_manager), make_incident(clean, risk_manager)
    triage(ours, risk_manager)
    triage(theirs, risk_manager, investigator=head_cleaning)
    client, url = sign_in(risk_manager), "/incidents/?looked_into=mine"
    mine = section(client, url)
    assert [row.url for row in mine.rows] == [ours.get_absolute_url()]
    assert client.get(url).context["page"].count == mine.count == 1


def test_where_there_is_none_it_says_so(sign_in, service):
    mine = section(sign_in(service), "/incidents/complaints/?view=mine")
    assert (mine.count, str(mine.hint)) == (0, "您没有在处理的投诉。")
