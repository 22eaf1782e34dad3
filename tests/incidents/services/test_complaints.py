from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from incidents.complaints.contact import Contact
from incidents.complaints.secrets import fits, secret_of
from incidents.models import Complaint
from incidents.services import CUSTOMER, Told, receive_complaint
from riskhub.audit.models import AuditEvent
from riskhub.entry.repeats import KeyReused

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 10, 1, 12, 10, tzinfo=UTC)  # 20:10 in Shanghai, National Day
CHEN = Contact("陈静", "138 1234 5678", "chen@example.com")


def told(text="地板泡坏了", **fields):
    return Told(client_uuid=fields.pop("client_uuid", None) or uuid4(), text=text, **fields)


def receive(received_at=NIGHT, **fields):
    return receive_complaint(told(**fields), by=CUSTOMER, received_at=received_at)[0]


def test_it_gets_the_next_number_of_its_year():
    codes = [receive().code, receive().code, receive(NIGHT.replace(year=2027)).code]
    assert codes == ["C-2026-0001", "C-2026-0002", "C-2027-0001"]


def test_the_year_is_the_one_on_the_wall_of_the_company():
    assert receive(datetime(2026, 12, 31, 17, tzinfo=UTC)).code == "C-2027-0001"


@pytest.mark.parametrize(
    ("troubles", "severity"),
    [
        ([], "S3"), (["late"], "S3"), (["manners", "charges"], "S2"), (["damage"], "S2"),
        (["damage", "hurt"], "S1"), (["danger"], "S1"),
    ],
)  # fmt: skip
def test_the_gravest_of_what_is_ticked_is_its_severity(troubles, severity):
    assert receive(troubles=troubles).severity.code == severity


def test_an_urgent_ones_first_contact_is_due_in_half_an_hour_even_at_night():
    complaint = receive(troubles=["hurt"])
    assert complaint.first_contact_due == NIGHT + timedelta(minutes=30)
    assert complaint.close_due == NIGHT + timedelta(days=7)


def test_a_normal_ones_clocks_run_in_working_time():
    complaint = receive(datetime(2026, 9, 23, 9, 50, tzinfo=UTC))  # 17:50 in Shanghai
    assert complaint.first_contact_due == datetime(2026, 9, 24, 9, 50, tzinfo=UTC)


def test_the_same_form_twice_is_one_complaint():
    form = told()
    first, is_new = receive_complaint(form, by=CUSTOMER)
    again, is_newer = receive_complaint(form, by=CUSTOMER)
    assert (first, is_new, is_newer) == (again, True, False)
    assert Complaint.objects.count() == 1
    assert fits(first.secret_hash, first.code, secret_of(form.client_uuid))


def test_the_key_of_another_complaint_is_refused():
    form = told()
    receive_complaint(form, by=CUSTOMER)
    with pytest.raises(KeyReused):
        receive_complaint(told("别的事", client_uuid=form.client_uuid), by=CUSTOMER)


def test_the_database_holds_no_contact_that_can_be_read():
    complaint = receive(contact=CHEN)
    stored = Complaint.objects.get(pk=complaint.pk)
    assert (stored.contact_name, stored.contact_phone) == ("陈静", "138 1234 5678")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(c)::text FROM incidents_complaint c")
        ((row,),) = cursor.fetchall()
        cursor.execute("SELECT coalesce(string_agg(e::text, ''), '') FROM audit_auditevent e")
        ((log,),) = cursor.fetchall()
    for text in ("陈静", "12345678", "138 1234", "chen@"):
        assert text not in row
        assert text not in log


def test_the_customer_is_nobody_in_the_audit():
    complaint = receive(contact=CHEN)
    (event,) = AuditEvent.objects.about(complaint)
    assert (event.action, event.actor_id, event.actor_name) == (
        "complaint.received",
        None,
        "nobody",
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"contact": Contact(phone="+86 13812345678")},
        {"contact": Contact(email="CHEN@example.com")},
        {"order_ref": "D-77"},
    ],
)
def test_the_same_person_or_order_within_ninety_days_repeats(fields):
    first = receive(NIGHT - timedelta(days=89), contact=CHEN, order_ref="D-77")
    assert receive(**fields).repeat_of == first


def test_later_others_and_nobody_repeat_nothing():
    receive(NIGHT - timedelta(days=91), contact=CHEN, order_ref="D-77")
    receive(contact=Contact(phone="13900000000"))
    assert receive(contact=CHEN, order_ref="D-77").repeat_of is None
    assert receive().repeat_of is None
    assert receive().repeat_of is None
