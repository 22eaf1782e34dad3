"""Somebody types markup wherever the product takes a text: it must come back as the text it is."""

from uuid import uuid4

from django.utils import timezone

from assessments.models import Action
from assessments.plans.content import PlannedAction
from assessments.services import decide_plan, finish_action
from registers.services import create_register, decline_proposal, file_proposal
from riskhub.accounts.models import Department
from riskhub.company.services import set_preference
from tests.builders import assess, make_plan, make_risk

MARKUP = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
SEEN = "document.querySelector('[onerror]') !== null"
"""Whether it became an element of the page; if it ran, the page's listener hears the dialog."""


def type_markup(people):
    """A register, two risks with plans (one decided and half done, one waiting) and two filings."""
    manager, owner = people["risk.manager"], people["head.cleaning"]
    clean = Department.objects.get(code="CLEAN")
    set_preference("company_name_zh", MARKUP, by=None)
    register = create_register(
        by=manager, code="MARKUP", name_zh=MARKUP, name_en=MARKUP, description=MARKUP, department=clean
    )  # fmt: skip
    for number in (1, 2):
        risk = make_risk(
            register, by=manager, title=MARKUP, event=MARKUP, cause=MARKUP, consequence=MARKUP,
            business_importance=5, importance_reason=MARKUP, owner_note=MARKUP,
        )  # fmt: skip
        assess(risk, (5, 5), (4, 4), by=manager, confirmed_by=people["second.manager"])
        today = timezone.localdate().isoformat()
        actions = tuple(PlannedAction(f"a{key}", MARKUP, owner.pk, today) for key in (1, 2))
        plan = make_plan(risk, by=owner, submitted=True, objective=MARKUP, actions=actions)
        if number == 1:
            decide_plan(
                plan, by=people["approver"], decision="approved", comment=MARKUP,
                content_hash=plan.head.content_hash,
            )  # fmt: skip
            finish_action(Action.objects.filter(plan=plan).first(), by=owner, note=MARKUP)
    for _number in (1, 2):
        filed, _is_new = file_proposal(
            by=people["staff.cleaning"], client_uuid=uuid4(), text=MARKUP, department=clean
        )
    decline_proposal(filed, by=manager, reason=MARKUP)
