"""The pages on which customers complain and follow their complaint, and the queue."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from incidents.complaints.contact import Contact
from incidents.complaints.secrets import secret_of
from incidents.models import Complaint, ReplyTemplate
from incidents.services import CUSTOMER, Told, receive_complaint
from incidents.services.handling import log_contact
from incidents.services.messages import write_message
from incidents.services.offers import answer_offer, make_offer
from incidents.services.replies import edit_reply
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.company.services import set_calendar_day
from tests.flows.markup import MARKUP
from tests.flows.stops import Stop
from tests.incidents.complaining import make_closed


def intake():
    complaint = offered()
    yield Stop("incidents:complaint_tell", "")
    yield Stop("incidents:complaint_check", "", ready=tell)
    for step in ("order", "wish", "contact", "photos"):
        yield Stop("incidents:complaint_tell", "", step)
    yield Stop("incidents:complaint_receipt", "", ready=send)
    yield Stop("incidents:privacy_notice", "")
    yield Stop("incidents:tracking_open", "", query="?number=C-2026-0001")
    yield Stop("incidents:tracking_open", "", ready=wrong, stays=True, status=422)
    yield Stop("incidents:tracking_detail", "", ready=opener(complaint))
    for who in ("risk.manager", "auditor"):
        yield Stop("incidents:severity_list", who)
    yield Stop("incidents:severity_edit", key="S1")
    yield Stop("incidents:working_time_edit")
    yield Stop("incidents:duty_edit")
    yield Stop("incidents:retention_edit")
    yield from single_days()
    yield from replies()
    for who in ("risk.manager", "auditor", "customer.service"):
        yield Stop("incidents:complaint_list", who)
    yield Stop("incidents:complaint_list", query="?view=over")
    yield Stop("incidents:complaint_list", query="?q=nothing+is+called+so")
    yield Stop("incidents:complaint_create", "staff.cleaning")
    yield Stop("incidents:complaint_handover", "customer.service", written_down())
    yield Stop("incidents:complaint_link_edit", key=closed().risk_links.get().pk)
    for one in Complaint.objects.order_by("pk"):
        yield Stop("incidents:complaint_detail", "customer.service", one.code)


def closed():
    """One that named the risk that it made real."""
    return make_closed(User.objects.get(username="risk.manager"), Risk.objects.open().first())


def single_days():
    """One that is closed, with markup for a note, and those of China's calendar."""
    manager = User.objects.get(username="risk.manager")
    day = timezone.localdate() + timedelta(days=200)
    kept = set_calendar_day(day, by=manager, is_worked=False, note=MARKUP[:100])
    yield Stop("incidents:calendar_day_list", "auditor")
    yield Stop("incidents:calendar_day_list")
    yield Stop("incidents:calendar_day_create")
    yield Stop("incidents:calendar_day_edit", key=str(kept))


def replies():
    """Templates, one of them of markup."""
    reply = ReplyTemplate.objects.order_by("pk").last()
    manager = User.objects.get(username="risk.manager")
    edit_reply(reply, by=manager, version=None, name_zh=MARKUP, text_zh=MARKUP, text_en=MARKUP)
    yield Stop("incidents:reply_list", "auditor")
    yield Stop("incidents:reply_list")
    yield Stop("incidents:reply_create")
    yield Stop("incidents:reply_edit", key=reply.pk)
    open_one = Complaint.objects.open().order_by("pk").last()
    yield Stop("incidents:complaint_contact", key=open_one.code)


def offered():
    """One that waits for its customer's answer; everybody typed markup wherever a text is taken."""
    manager = User.objects.get(username="risk.manager")
    told = Told(
        client_uuid=uuid4(), text=MARKUP, order_ref=MARKUP, wish="other", wish_text=MARKUP,
        contact=Contact(name=MARKUP, phone="13812345678", address=MARKUP),
    )  # fmt: skip
    complaint, _new = receive_complaint(told, by=CUSTOMER)
    log_contact(complaint, by=manager, text=MARKUP, client_uuid=uuid4())
    write_message(complaint, by=CUSTOMER, text=MARKUP, client_uuid=uuid4())
    first = propose(complaint, manager)
    answer_offer(first, by=CUSTOMER, accepted=False, text=MARKUP)
    propose(complaint, manager)
    return complaint


def written_down():
    """Its key, of one that customer service filed for a customer."""
    told = Told(client_uuid=uuid4(), text=MARKUP, channel="phone")
    receive_complaint(told, by=User.objects.get(username="customer.service"))
    return told.client_uuid


def propose(complaint, by):
    return make_offer(complaint, by=by, kind="redo", text=MARKUP, client_uuid=uuid4())


def go_on(page, then):
    page.locator(".rh-act button").click()
    page.wait_for_url(f"**{then}")


def tell(page):
    """Every question but the last look."""
    page.goto("/complain")
    page.locator("[name=text]").fill(MARKUP)
    go_on(page, "/complain/order")
    go_on(page, "/complain/wish")
    go_on(page, "/complain/contact")
    page.locator("[name=phone]").fill("13812345678")
    go_on(page, "/complain/photos")
    go_on(page, "/complain/check")


def send(page):
    page.goto("/complain/check")
    go_on(page, "/complain/done")


def wrong(page):
    """Number and secret that do not go together."""
    page.goto("/track")
    page.locator("[name=number]").fill("C-2026-9999")
    page.locator("[name=secret]").fill("22222-22222")
    with page.expect_navigation() as led:
        page.locator(".rh-act button").click()
    return led.value


def opener(complaint):
    """Types number and secret."""

    def opened(page):
        page.goto(f"/track?number={complaint.code}")
        page.locator("[name=secret]").fill(secret_of(complaint.client_uuid))
        go_on(page, "/track/status")

    return opened
