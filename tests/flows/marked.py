"""An incident of which everybody typed markup wherever a text is taken."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

from assessments.models import Action
from incidents.models import (
    ContingencyActivation,
    IncidentKind,
    StatutoryClock,
)
from incidents.services.activations import end_activation
from incidents.services.facts import add_fact, withdraw_fact
from incidents.services.incidents import Seen, report_incident
from incidents.services.injuries import record_injury
from incidents.services.investigations import analyse_incident
from incidents.services.losses import book_loss, withdraw_loss
from incidents.services.statutory import answer_clock
from riskhub.accounts.models import User
from riskhub.files.services import add_comment
from tests.access.entered import find_out
from tests.flows.markup import MARKUP


def marked_incident():
    staff, manager = (
        User.objects.get(username=name) for name in ("staff.cleaning", "risk.manager")
    )
    seen = Seen(
        client_uuid=uuid4(), text=MARKUP, kind=IncidentKind.objects.get(code="accident"),
        department=staff.department, place=MARKUP, order_ref=MARKUP, immediate_action=MARKUP,
    )  # fmt: skip
    incident, _new = report_incident(seen, by=staff)
    action = Action.objects.filter(title=MARKUP).earliest("pk")
    found = find_out(incident, action.plan.risk, action, by=manager)
    record_injury(incident, by=manager, role="customer", person_name=MARKUP)
    for again in (1, 2):
        key = {"by": manager, "client_uuid": uuid4()}
        fact = add_fact(incident, at=incident.occurred_at, text=f"{MARKUP}{again}", **key)
        loss = book_loss(
            incident, kind="damage", amount=Decimal(again), booked_on=date(2026, 1, 2), note=MARKUP,
            **key,
        )  # fmt: skip
    withdraw_fact(fact, by=manager, reason=MARKUP)
    withdraw_loss(loss, by=manager, reason=MARKUP)
    analyse_incident(
        incident, by=manager, version=None, whys=[MARKUP, MARKUP], root_cause=MARKUP, lessons=MARKUP
    )
    clock = StatutoryClock.objects.get(pk=found["clock"])
    answer_clock(clock, by=manager, answer="not_applicable", reason=MARKUP)
    run = ContingencyActivation.objects.get(pk=found["activation"])
    end_activation(run, by=manager, summary=MARKUP)
    add_comment(incident, MARKUP, by=manager)
    return incident
