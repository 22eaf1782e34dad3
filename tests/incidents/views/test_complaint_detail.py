"""The page of one complaint: what was said, the clocks, the contact masked."""

import pytest

from incidents.services.triage import triage_complaint
from riskhub.audit.context import acting
from tests.incidents.complaining import CHEN, contact, make_complaint, offer

pytestmark = pytest.mark.django_db


def page_of(client, complaint):
    return client.get(f"/incidents/complaints/{complaint.code}/")


def test_it_tells_what_was_said_and_the_three_clocks(sign_in, service):
    complaint = make_complaint("厨房漏水")
    contact(complaint, service, "已致电,约明天上门")
    page = page_of(sign_in(service), complaint)
    assert "厨房漏水" in page.text
    assert "已致电,约明天上门" in page.text
    assert [one.name for one in page.context["clocks"]] == ["首次联系", "方案", "结案"]


def test_the_contact_is_masked(sign_in, service):
    page = page_of(sign_in(service), make_complaint(contact=CHEN))
    assert ("138****5678" in page.text, "12345678" in page.text, "陈静" in page.text) == (
        True, False, False,
    )  # fmt: skip


def test_offers_stand_there_with_their_answer(sign_in, service):
    complaint = make_complaint()
    contact(complaint, service)
    offer(complaint, service, text="免费更换接口")
    assert "免费更换接口" in page_of(sign_in(service), complaint).text


def test_of_another_department_it_does_not_exist(sign_in, service, head_cleaning, tech):
    complaint = make_complaint()
    with acting(service, "complaint.edited"):
        complaint.department = tech
        complaint.save(update_fields=["department"])
    assert page_of(sign_in(head_cleaning), complaint).status_code == 404
    assert sign_in(service).get("/incidents/complaints/C-2026-9999/").status_code == 404


def test_it_tells_how_it_came_to_this_and_that_the_customer_began(sign_in, service):
    complaint = make_complaint()
    contact(complaint, service)
    newest, oldest = page_of(sign_in(service), complaint).context["history"]
    assert (newest.words, newest.meta[0], newest.is_now) == ("已联系客户", "吴敏", True)
    assert oldest.meta[0] == "客户"


def test_whoever_only_reads_it_has_no_buttons(sign_in, service, auditor):
    ways = page_of(sign_in(auditor), make_complaint()).context["ways"]
    assert (ways.next, ways.others) == (None, [])


def test_the_next_step_of_one_that_nobody_has_is_to_take_it(sign_in, service):
    ways = page_of(sign_in(service), make_complaint()).context["ways"]
    assert ways.next.view == "complaint_take"
    assert [way.view for way in ways.others] == [
        "complaint_contact", "complaint_triage", "complaint_note", "complaint_pause", "complaint_end",
    ]  # fmt: skip


def test_what_else_the_same_customer_or_order_brought_is_a_link_away(sign_in, service):
    first = make_complaint("迟到两小时", contact=CHEN)
    second = make_complaint("水管又漏", contact=CHEN, order_ref="D-77")
    third = make_complaint("发票没开", order_ref="D-77")
    make_complaint("别人的事")
    page = page_of(sign_in(service), second)
    assert page.context["others"] == [third, first]
    assert first.get_absolute_url() in page.text


def test_of_other_departments_it_tells_nothing(sign_in, service, head_cleaning, clean, tech):
    first, second = make_complaint(contact=CHEN), make_complaint(contact=CHEN)
    triage_complaint(first, by=service, department=tech)
    triage_complaint(second, by=service, department=clean)
    page = page_of(sign_in(head_cleaning), second)
    assert (page.context["others"], first.code in page.text) == ([], False)
