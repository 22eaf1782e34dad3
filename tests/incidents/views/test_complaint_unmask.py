"""Who complained, in full: asked for, and kept in the audit."""

import pytest

from riskhub.audit.models import AuditEvent
from riskhub.oversight.details import details_of
from tests.incidents.complaining import CHEN, make_complaint
from tests.incidents.views.stepping import assert_refused, last_action, url_of

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true", "HX-Target": "complaint-reached"}


@pytest.fixture
def complaint():
    return make_complaint(contact=CHEN)


def test_it_shows_the_whole_contact_and_the_number_dials(sign_in, complaint, service):
    page = sign_in(service).post(url_of(complaint, "unmask"))
    assert page["Cache-Control"] == "no-store"
    for whole in ("陈静", "138 1234 5678", 'href="tel:13812345678"', "mailto:chen@example.com"):
        assert whole in page.text
    assert "138****5678" not in page.text


def test_only_the_card_is_swapped(sign_in, complaint, service):
    part = sign_in(service).post(url_of(complaint, "unmask"), headers=PART).text
    assert "138 1234 5678" in part
    assert "<html" not in part
    assert "unmask" not in part


def test_the_audit_knows_who_and_what_but_no_part_of_it(sign_in, complaint, service):
    sign_in(service).post(url_of(complaint, "unmask"))
    event = AuditEvent.objects.about(complaint).first()
    assert (event.action, event.actor_name) == ("complaint.contact_opened", "吴敏")
    assert event.after == {"columns": ["contact_email", "contact_name", "contact_phone"]}
    assert "1234" not in str(event.after) + event.object_label
    assert details_of(event) == {"完整显示": "邮箱、姓名、电话"}


def test_the_page_tells_that_it_was_opened(sign_in, complaint, service):
    client = sign_in(service)
    client.post(url_of(complaint, "unmask"))
    page = client.get(complaint.get_absolute_url())
    assert page.context["history"][0].words == "已查看投诉人的完整联系方式"
    assert "138****5678" in page.text


def test_a_link_does_not_open_it(sign_in, complaint, service):
    assert sign_in(service).get(url_of(complaint, "unmask")).status_code == 405
    assert last_action(complaint) == "complaint.received"


def test_not_by_whoever_only_reads_it_nor_by_others(sign_in, complaint, auditor, head_cleaning):
    assert_refused(sign_in, complaint, "unmask", {}, readers=[auditor], outside=head_cleaning)
    assert last_action(complaint) == "complaint.received"


def test_whoever_only_reads_it_is_not_offered_the_button(sign_in, complaint, auditor, service):
    assert "unmask" not in sign_in(auditor).get(complaint.get_absolute_url()).text
    assert "unmask" in sign_in(service).get(complaint.get_absolute_url()).text
