"""Policies, clauses, suppliers, contingency plans and complaints of the small company."""

from uuid import uuid4

from assessments.models import Drill
from assessments.services import finish_gap, link_contingency, share_card
from incidents.services import CUSTOMER, Told, receive_complaint
from registers.models.transfers import TRANSFERS
from registers.services import TransferDraft, create_transfer
from riskhub.audit.context import acting
from tests.contingency import drill, make_contingency


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


def enter_complaint(world, kind, department):
    """One of the department, which nobody handles yet."""
    told = Told(client_uuid=uuid4(), text="地板泡坏了")
    complaint, _new = receive_complaint(told, by=CUSTOMER)
    with acting(world.people["manager"], "complaint.taken"):
        complaint.department = department
        complaint.save(update_fields=["department"])
    world.things.setdefault("complaint", {})[kind] = complaint.code
    world.things["step"] = {"own": "order"}
