from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from incidents.models import LossEntry
from incidents.services.incident_steps import merge_incident
from incidents.services.losses import book_loss, edit_loss, withdraw_loss
from riskhub.audit.versions import StaleVersion
from riskhub.entry.repeats import KeyReused
from tests.incidents.complaining import make_complaint
from tests.incidents.reporting import make_incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, risk_manager):
    return make_incident(clean, risk_manager)


@pytest.fixture
def book(incident, risk_manager):
    def make(amount, kind="damage", thing=None, **fields):
        facts = {"booked_on": date(2026, 9, 1), "client_uuid": uuid4()} | fields
        amount = Decimal(str(amount))
        return book_loss(thing or incident, by=risk_manager, kind=kind, amount=amount, **facts)

    return make


def test_what_is_not_known_is_empty_and_never_0(incident):
    assert incident.losses.totals() == {"gross": None, "recovered": None, "net": None}


def test_gross_recovered_and_net(incident, book):
    book(800)
    book("200.50", "medical")
    assert incident.losses.totals() == {
        "gross": Decimal("1000.50"), "recovered": None, "net": Decimal("1000.50"),
    }  # fmt: skip
    paid = book(600, "insurer")
    assert (paid.is_recovery, incident.losses.totals()["net"]) == (True, Decimal("400.50"))


def test_what_came_back_alone_says_nothing_of_the_net_loss(incident, book):
    book(600, "insurer")
    assert incident.losses.totals() == {"gross": None, "recovered": Decimal(600), "net": None}


def test_an_estimate_becomes_final(book, risk_manager):
    loss = book(800)
    assert (loss.state, loss.is_recovery) == ("estimate", False)
    facts = {"amount": Decimal(750), "booked_on": date(2026, 9, 2), "state": "final"}
    final = edit_loss(loss, by=risk_manager, version=1, **facts)
    assert (final.amount, final.state) == (Decimal(750), "final")
    with pytest.raises(StaleVersion):
        edit_loss(loss, by=risk_manager, version=1, **facts)


def test_what_was_booked_by_mistake_counts_no_more(incident, book, risk_manager):
    loss = book(800)
    with pytest.raises(ValidationError, match="为什么不计入"):
        withdraw_loss(loss, by=risk_manager, reason=" ")
    withdraw_loss(loss, by=risk_manager, reason="记错了单")
    assert (incident.losses.totals()["gross"], incident.losses.count()) == (None, 1)
    with pytest.raises(ValidationError, match="已撤回"):
        withdraw_loss(loss, by=risk_manager, reason="再来")


def test_what_stands_on_one_that_was_reported_twice_counts_no_more(
    incident, book, clean, risk_manager
):
    book(800)
    merge_incident(incident, by=risk_manager, same_as=make_incident(clean, risk_manager))
    assert (incident.losses.totals()["gross"], incident.losses.count()) == (None, 1)
    complaint = make_complaint()
    book(300, "refund", thing=complaint)
    assert LossEntry.objects.totals()["gross"] == Decimal(300)


def test_the_same_form_sent_again_is_one_entry(incident, book, clean, risk_manager):
    key = uuid4()
    assert book(800, client_uuid=key) == book(800, client_uuid=key)
    assert incident.losses.count() == 1
    with pytest.raises(KeyReused):
        book(800, client_uuid=key, thing=make_incident(clean, risk_manager))


def test_complaints_cost_something_too(book):
    complaint = make_complaint()
    book(300, "refund", thing=complaint)
    assert complaint.losses.totals()["gross"] == Decimal(300)


def test_nothing_costs_0_and_nothing_is_booked_ahead(book):
    for amount, fields, name in (
        (0, {}, "amount"),
        (-5, {}, "amount"),
        (5, {"booked_on": timezone.localdate() + timedelta(days=2)}, "booked_on"),
        (5, {"kind": "dog"}, "kind"),
    ):
        with pytest.raises(ValidationError) as refusal:
            book(amount, **fields)
        assert [*refusal.value.message_dict] == [name]


def test_the_database_refuses_it_too(incident):
    loss = {"kind": "damage", "booked_on": date(2026, 9, 1)}
    for name, wrong in {
        "loss_amount_above_zero": {"amount": 0, "incident": incident},
        "loss_of_one_thing": {"amount": 1},
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            LossEntry.objects.create(client_uuid=uuid4(), **loss, **wrong)
    with pytest.raises(IntegrityError, match="loss_of_one_thing"), transaction.atomic():
        LossEntry.objects.create(
            client_uuid=uuid4(), amount=1, incident=incident, complaint=make_complaint(), **loss
        )
