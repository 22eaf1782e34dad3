"""The addresses of contingency plans, drills and gaps, and what is sent to them."""

from datetime import timedelta

from django.utils import timezone

from assessments.models import ContingencyPlan, ContingencyRisk
from riskhub.accounts.models import Department
from riskhub.audit.context import acting
from tests.access.row import ANSWER, ROLES, SEE, SIGNED_IN, api, page, public

PLAN = {"thing": "contingency"}
CARD = {"thing": "card", "sees": SIGNED_IN}
"""Whatever department keeps the plan."""
CONTINGENCY = {
    "assessments:contingency_list": page({"GET": {200: SIGNED_IN}}),
    "assessments:contingency_create": page({"GET": {200: ANSWER}, "POST": {422: ANSWER}}),
    "assessments:contingency_adopt": page({"GET": {200: SIGNED_IN}, "POST": {422: ANSWER}}),
    "assessments:contingency_detail": page({"GET": {200: SEE}}, **PLAN),
    "assessments:contingency_edit": page({"GET": {200: ANSWER}, "POST": {422: ANSWER}}, **PLAN),
    # There is no draft.
    "assessments:contingency_start": page({"POST": {409: ANSWER}}, **PLAN),
    "assessments:contingency_retire": page({"GET": {200: ANSWER}, "POST": {422: ANSWER}}, **PLAN),
    "assessments:contingency_link": page({"GET": {200: ANSWER}, "POST": {422: ANSWER}}, **PLAN),
    "assessments:contingency_unlink": page({"POST": {302: ANSWER}}, thing="contingency_link"),
    "assessments:risk_contingency": page(
        {"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="risk"
    ),
    "assessments:contingency_gaps": page({"GET": {200: SIGNED_IN}}),
    "assessments:card_list": page({"GET": {200: SIGNED_IN}}),
    "assessments:contingency_card": page({"GET": {200: SIGNED_IN}}, **CARD),
    "assessments:contingency_print": page({"GET": {200: SIGNED_IN}}, has_head=False, **CARD),
    "assessments:card_share": page({"POST": {400: ANSWER}}, **PLAN),
    "assessments:public_card": public({"GET": {200: ROLES}}, thing="shared_card", sees=ROLES),
    "assessments:drill_list": page({"GET": {200: SIGNED_IN}}),
    "assessments:drill_create": page({"GET": {200: ANSWER}, "POST": {422: ANSWER}}, **PLAN),
    "assessments:drill_detail": page({"GET": {200: SEE}}, thing="drill"),
    "assessments:drill_hold": page({"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="drill"),
    "assessments:drill_miss": page({"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="drill"),
    "assessments:gap_finish": page({"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="gap"),
    # The second risk manager has closed it.
    "assessments:gap_verify": page({"POST": {302: ANSWER}}, thing="closed_gap"),
    "assessments:gap_reopen": page(
        {"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="closed_gap"
    ),
}


CONTINGENCY_API = {
    "api:contingency_list": api({"GET": {200: SIGNED_IN}, "POST": {400: ANSWER}}),
    "api:contingency_detail": api({"GET": {200: SEE}, "PUT": {428: ANSWER}}, **PLAN),
    "api:contingency_start": api({"POST": {428: ANSWER}}, **PLAN),
    "api:contingency_retire": api({"POST": {400: ANSWER}}, **PLAN),
    "api:contingency_link": api({"POST": {400: ANSWER}}, **PLAN),
    "api:contingency_unlink": api({"POST": {400: ANSWER}}, **PLAN),
    "api:contingency_card": api({"GET": {200: SEE}, "PUT": {400: ANSWER}}, **PLAN),
    "api:contingency_library": api({"GET": {200: SIGNED_IN}, "POST": {400: ANSWER}}),
    "api:drill_list": api({"GET": {200: SIGNED_IN}, "POST": {400: ANSWER}}),
    "api:drill_detail": api({"GET": {200: SEE}}, thing="drill"),
    "api:drill_record": api({"POST": {428: ANSWER}}, thing="drill"),
    "api:drill_miss": api({"POST": {400: ANSWER}}, thing="drill"),
    "api:drill_gap_list": api({"GET": {200: SIGNED_IN}}),
    "api:drill_gap_finish": api({"POST": {400: ANSWER}}, thing="gap"),
    "api:drill_gap_verify": api({"POST": {200: ANSWER}}, thing="closed_gap"),
    "api:drill_gap_reopen": api({"POST": {400: ANSWER}}, thing="closed_gap"),
}


def drafted(world):
    """As if it had been written and not put in force."""
    plan = ContingencyPlan.objects.get(code=world.value("contingency", "own"))
    version = plan.in_force
    with acting(world.people["manager"], "contingency.edited"):
        draft = plan.versions.create(
            number=2, responsible_department=version.responsible_department
        )
        draft.triggers.create(seq=1, text_zh="有人受伤")
        draft.steps.create(seq=1, minute=0, text_zh="拨打120")
    return {}


def linked(world):
    """The risk that the plan answers."""
    link = ContingencyRisk.objects.get(pk=world.value("contingency_link", "own"))
    return {"risk": link.risk.code}


def without_drill(world):
    """As if its drill had been missed."""
    plan = ContingencyPlan.objects.get(code=world.value("contingency", "own"))
    with acting(world.people["manager"], "drill.missed"):
        plan.drills.scheduled().update(state="missed", missed_reason="台风")
    return {}


def moved(_world):
    return {
        "reason": "台风",
        "next_on": (timezone.localdate() + timedelta(days=9)).isoformat(),
    }


HELD = {"held_on": timezone.localdate().isoformat(), "kind": "tabletop", "result": "pass"}
SENT_TO_CONTINGENCY = {
    "assessments:contingency_create": lambda _world: {
        "name_zh": "停电预案",
        "owner_department": str(Department.objects.get(code="OPS").pk),
    },
    "assessments:contingency_adopt": lambda _world: {"entries": ["CP-03"], "department": "OPS"},
    "assessments:contingency_edit": lambda _world: {"name_zh": "改名"},
    "assessments:contingency_start": drafted,
    "assessments:contingency_retire": lambda _world: {"reason": "停用"},
    "assessments:contingency_link": lambda world: {"risk": world.value("judged", "own")},
    "assessments:contingency_unlink": lambda _world: {},
    "assessments:risk_contingency": lambda world: {"plan": world.value("contingency", "own")},
    "assessments:card_share": lambda _world: {"public": "yes"},
    "assessments:drill_create": without_drill,
    "assessments:drill_hold": lambda _world: HELD | {"attendance": "5", "took_1": "2"},
    "assessments:drill_miss": moved,
    "assessments:gap_finish": lambda _world: {"note": "改好了"},
    "assessments:gap_verify": lambda _world: {},
    "assessments:gap_reopen": lambda _world: {"reason": "还没好"},
    "api:contingency_list": lambda _world: {"name_zh": "停电预案", "owner_department": "OPS"},
    "api:contingency_detail": lambda _world: {"name_zh": "改名", "owner_department": "OPS"},
    "api:contingency_start": drafted,
    "api:contingency_retire": lambda _world: {"reason": "停用"},
    "api:contingency_link": lambda world: {"risk": world.value("judged", "own")},
    "api:contingency_unlink": linked,
    "api:contingency_card": lambda _world: {"public": True},
    "api:contingency_library": lambda _world: {"entries": ["CP-03"], "department": "OPS"},
    "api:drill_list": lambda world: (
        without_drill(world)
        | {
            "plan": world.value("contingency", "own"),
            "scheduled_on": (timezone.localdate() + timedelta(days=9)).isoformat(),
        }
    ),
    "api:drill_record": lambda _world: HELD | {"attendance": 5, "took": {"1": 2}},
    "api:drill_miss": moved,
    "api:drill_gap_finish": lambda _world: {"note": "改好了"},
    "api:drill_gap_verify": lambda _world: {},
    "api:drill_gap_reopen": lambda _world: {"reason": "还没好"},
}
