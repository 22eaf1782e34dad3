"""Who talks about an incident, and who hears of it."""

import pytest

from incidents.incidents.discussing import may_comment, people_who_see
from incidents.services.incident_steps import merge_incident
from riskhub.files.discussions import Settled
from riskhub.files.services import add_comment
from riskhub.notices.models import Notice
from tests.cast import make_user
from tests.incidents.reporting import make_incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, staff_cleaning):
    return make_incident(clean, staff_cleaning)


def test_those_who_see_it_can_be_mentioned_and_nobody_else(
    incident, head_cleaning, head_repair, staff_repair, risk_manager, approver, auditor
):
    root = make_user("root", "根")
    root.is_superuser = True
    root.save()
    people = {one.username for one in people_who_see(incident)}
    assert people == {
        "staff.cleaning", "head.cleaning", "risk.manager", "approver", "auditor",
    }  # fmt: skip
    assert all(type(incident).objects.visible_to(one).exists() for one in people_who_see(incident))


def test_of_what_nobody_put_a_name_to_the_reporter_is_not_among_them(clean, staff_cleaning):
    incident = make_incident(clean, staff_cleaning, kind="near_miss", is_anonymous=True)
    assert staff_cleaning not in people_who_see(incident)


def test_who_is_mentioned_is_told(incident, risk_manager, head_cleaning):
    add_comment(incident, f"@{head_cleaning.username} 请看", by=risk_manager)
    notice = Notice.objects.get(kind="comment_mentioned")
    assert (notice.user, notice.params["thing"]) == (head_cleaning, incident.code)


def test_auditors_note_in_the_log_instead(incident, auditor, staff_cleaning):
    assert (may_comment(auditor, incident), may_comment(staff_cleaning, incident)) == (False, True)


def test_what_was_reported_twice_is_talked_about_where_it_goes_on(incident, clean, risk_manager):
    merge_incident(incident, by=risk_manager, same_as=make_incident(clean, risk_manager))
    with pytest.raises(Settled, match="已并入"):
        add_comment(incident, "请看", by=risk_manager)
