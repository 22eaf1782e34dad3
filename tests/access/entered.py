"""Policies, clauses, suppliers, contingency plans, complaints and incidents of the small company."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from assessments.models import Action, ContingencyPlan, Drill
from assessments.services import finish_gap, link_contingency, share_card
from incidents.models import IncidentKind, ReplyTemplate, StatutoryRule
from incidents.services import Told, receive_complaint
from incidents.services.activations import start_activation
from incidents.services.exposure import enter_exposure
from incidents.services.facts import add_fact
from incidents.services.incidents import Seen, report_incident
from incidents.services.injuries import record_injury
from incidents.services.investigations import link_incident_risk
from incidents.services.losses import book_loss
from incidents.services.measures import link_measure
from incidents.services.statutory import confirm_rule, start_clock
from registers.models import Risk, ServiceLine
from registers.models.transfers import TRANSFERS
from registers.receipts import receipt_of
from registers.services import TransferDraft, create_transfer
from riskhub.audit.context import acting
from riskhub.company.services import set_calendar_day
from riskhub.notices.services import create_webhook
from tests.contingency import drill, make_contingency
from tests.incidents.complaining import make_at, make_closed, make_complaint, offer
from tests.incidents.recording import uploaded


def enter_transfers(world):
    """One of each kind; the page is about the policy."""
    for kind, model in TRANSFERS.items():
        draft = TransferDraft(code=f"T-{kind}1", name_zh="保")
        made = create_transfer(model, draft, by=world.people["manager"])
        world.things[kind] = {"own": made.code}
    world.things["transfer"] = {"own": f"policy:{world.value('policy', 'own')}"}
    world.things["transfer_kind"] = {"own": "policy"}


def enter_contingency(world, kind, department, risk):
    """A plan with its drill that waits, a gap that is open, and one that the second manager closed."""

    def keep(thing, value):
        world.things.setdefault(thing, {})[kind] = value

    manager, second = world.people["manager"], world.people["second"]
    plan = make_contingency(department, by=manager, name_zh=f"预案{kind}")
    keep("contingency", plan.code)
    keep("contingency_link", link_contingency(plan, risk, by=manager).pk)
    keep("drill", Drill.objects.scheduled().get(plan=plan).pk)
    failed = make_contingency(department, by=manager, name_zh=f"失败{kind}")
    keep("gap", drill(failed, "fail", by=manager).gaps.get().pk)
    closed = drill(failed, "fail", by=manager).gaps.get()
    keep("closed_gap", finish_gap(closed, by=second, note="改好了").pk)
    if kind == "own":
        keep("card", plan.code)
        keep("shared_card", str(share_card(failed, by=manager, is_public=True).card_key))


def enter_complaint(world, kind, department, code):
    """One of the department for each step, as far as the step needs it; nobody handles them yet."""
    by = world.people["second"]
    offered, accepted, fulfilled = (
        make_at(state, by) for state in ("offered", "accepted", "fulfilled")
    )
    waiting = make_at("contacted", by)
    offer(waiting, by, amount=Decimal(6000))
    entered = {
        "complaint": make_complaint(), "contacted_complaint": make_at("contacted", by),
        "waiting_offer": waiting, "offered_complaint": offered, "accepted_complaint": accepted,
        "fulfilled_complaint": fulfilled, "closed_complaint": make_closed(by, Risk.objects.get(code=code)),
    }  # fmt: skip
    for thing, complaint in entered.items():
        complaint.refresh_from_db()
        with acting(by, "complaint.edited"):
            complaint.department = department
            complaint.save(update_fields=["department"])
        world.things.setdefault(thing, {})[kind] = complaint.code
    links = entered["closed_complaint"].risk_links
    world.things.setdefault("complaint_risk", {})[kind] = links.get().pk
    if kind == "own":
        told = Told(client_uuid=uuid4(), text="客户来电", channel="phone")
        receive_complaint(told, by=world.people["service"])
        world.things["written_complaint"] = {"own": str(told.client_uuid)}
    world.things["step"] = {"own": "order"}
    world.things["severity"] = {"own": "S1"}
    world.things["calendar_day"] = {"own": _closed_day(world.people["manager"])}
    world.things["reply"] = {"own": ReplyTemplate.objects.first().pk}


def enter_incident(world, kind, department, code):
    """One that the staff of the department reported, and for `own` a near miss without a name."""
    reporter = world.people["staff" if kind == "own" else "repairer"]
    incident, _new = report_incident(_seen("accident", department), by=reporter)
    action = Action.objects.get(pk=world.value("action", kind))
    found = find_out(incident, Risk.objects.get(code=code), action, by=world.people["manager"])
    for thing, key in found.items():
        world.things.setdefault(thing, {})[kind] = key
    world.things["statutory"] = {"own": "insurer_notice"}
    if kind == "own":
        near = _seen("near_miss", department, is_anonymous=True)
        report_incident(near, by=reporter)
        world.things["record_run"] = {"own": uploaded(by=world.people["manager"]).pk}
        world.things["exposure"] = {"own": _orders(world.people["manager"]).pk}
        world.things["incident_key"] = {"own": str(receipt_of(near.client_uuid))}


def find_out(incident, risk, action, *, by):
    """A piece of everything that is found out about it, by the names of the things of the table."""
    key = {"by": by, "client_uuid": uuid4()}
    fact = add_fact(incident, at=incident.occurred_at, text="4711", **key)
    loss = book_loss(incident, kind="damage", amount=Decimal(1), booked_on=date(2026, 1, 2), **key)
    run = start_activation(incident, by=by, plan=ContingencyPlan.objects.in_force().latest("pk"))
    return {
        "activation": run.pk, "activation_step": run.steps.first().pk,
        "incident": incident.code, "incident_fact": fact.pk, "loss": loss.pk,
        "measure": link_measure(incident, action=action, by=by).pk,
        "clock": start_by_hand(incident, by).pk,
        "injury": record_injury(incident, by=by, role="staff", person_name="王五").pk,
        "incident_risk": link_incident_risk(incident, risk, by=by, known_before=True).pk,
    }  # fmt: skip


def start_by_hand(incident, by):
    rule = StatutoryRule.objects.get(code="insurer_notice")
    confirm_rule(rule, by=by, version=None)
    return start_clock(incident, by=by, rule=rule)


def _seen(kind, department, **fields):
    return Seen(
        client_uuid=uuid4(), text="老人滑倒", kind=IncidentKind.objects.get(code=kind),
        department=department, **fields,
    )  # fmt: skip


def _orders(by):
    line = ServiceLine.objects.get(code="cleaning")
    return enter_exposure(line, date(2026, 3, 1), by=by, orders=1200)


def _closed_day(by):
    day = timezone.localdate() + timedelta(days=300)
    return str(set_calendar_day(day, by=by, is_worked=False, note="年会"))


def enter_group(world):
    """Nothing of it leaves this machine: there is no such name."""
    address = "https://hook.invalid/x"
    webhook = create_webhook(
        by=world.people["admin"], name="群", robot="json", topics=["danger"], address=address
    )
    world.things["webhook"] = {"own": webhook.pk}
