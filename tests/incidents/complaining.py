"""Complaints as tests need them: received, and as far as a state."""

from uuid import uuid4

from incidents.complaints.contact import Contact
from incidents.models import ComplaintCategory
from incidents.services import CUSTOMER, Told, receive_complaint
from incidents.services.closing import close_complaint
from incidents.services.handling import investigate_complaint, log_contact
from incidents.services.offers import answer_offer, fulfil_offer, make_offer

CHEN = Contact("陈静", "138 1234 5678", "chen@example.com")


def make_complaint(text="地板泡坏了", *, received_at=None, **fields):
    told = Told(client_uuid=uuid4(), text=text, **fields)
    return receive_complaint(told, by=CUSTOMER, received_at=received_at)[0]


def contact(complaint, by, text="电话联系了客户"):
    return log_contact(complaint, by=by, text=text, client_uuid=uuid4())


def offer(complaint, by, *, amount=None, text="免费更换接口", kind="redo"):
    return make_offer(complaint, by=by, kind=kind, text=text, amount=amount, client_uuid=uuid4())


def make_at(state, by):
    """A complaint that has come so far, in the usual way."""
    complaint = make_complaint()
    steps = {
        "contacted": lambda: contact(complaint, by),
        "investigating": lambda: investigate_complaint(complaint, by=by),
        "offered": lambda: offer(complaint, by),
        "accepted": lambda: answer_offer(complaint.offers.get(), by=CUSTOMER, accepted=True),
        "fulfilled": lambda: fulfil_offer(complaint.offers.get(), by=by),
    }
    for name, step in steps.items():
        if state == "received":
            break
        step()
        complaint.refresh_from_db()
        if name == state:
            break
    assert complaint.state == state
    return complaint


def make_closed(by, risk):
    complaint = make_at("fulfilled", by)
    category = ComplaintCategory.objects.get(code="damage_water")
    return close_complaint(
        complaint, by=by, root_cause="密封圈老化", risks={risk: True}, category=category
    )
