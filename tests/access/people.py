"""Lines of the table about the set-up, people, their roles and departments."""

from datetime import timedelta

from django.utils import timezone

from registers.models import LibraryRisk
from tests.access.row import EVERYWHERE, SIGNED_IN, page, public

ADMIN = ("admin",)
READ_PEOPLE = ("manager", "auditor", "admin")
SOON = (timezone.localdate() + timedelta(days=30)).isoformat()

SETUP = {
    "setup:first_user": public({"GET": {}, "POST": {}}, thing="first_key", sees=()),
    "setup:setup_start": page({"GET": {302: ADMIN}}),
    **{
        f"setup:setup_{step}": page({"GET": {200: ADMIN}, "POST": {status: ADMIN}})
        for step, status in (("company", 422), ("people", 302), ("scope", 422), ("matrix", 422),
                             ("library", 422), ("done", 302))
    },
}  # fmt: skip

PEOPLE = {
    "accounts:person_list": page({"GET": {200: READ_PEOPLE}}),
    "accounts:person_detail": page(
        {"GET": {200: READ_PEOPLE}}, thing="person", gate=READ_PEOPLE, sees=READ_PEOPLE
    ),
    "accounts:person_create": page({"GET": {200: ADMIN}, "POST": {422: ADMIN}}),
    "accounts:person_edit": page(
        {"GET": {200: ADMIN}, "POST": {422: ADMIN}}, thing="person", gate=ADMIN, sees=ADMIN
    ),
    "accounts:person_link": page({"POST": {302: ADMIN}}, thing="person", gate=ADMIN, sees=ADMIN),
    "accounts:person_deactivate": page(
        {"GET": {200: ADMIN}, "POST": {302: ADMIN}}, thing="person", gate=ADMIN, sees=ADMIN
    ),
    "accounts:person_reactivate": page(
        {"POST": {302: ADMIN}}, thing="closed_person", gate=ADMIN, sees=ADMIN
    ),
    "accounts:delegation_list": page({"GET": {200: SIGNED_IN}}),
    "accounts:delegation_create": page(
        {"GET": {200: ADMIN}, "POST": {422: ADMIN}}, thing="absent", sees=EVERYWHERE
    ),
    "accounts:delegation_end": page({"POST": {302: ADMIN}}, thing="delegation", sees=READ_PEOPLE),
    "accounts:role_give": page(
        {"GET": {200: ADMIN}, "POST": {422: ADMIN}}, thing="person", gate=ADMIN, sees=ADMIN
    ),
    "accounts:role_end": page(
        {"GET": {200: ADMIN}, "POST": {302: ADMIN}}, thing="role", gate=ADMIN, sees=ADMIN
    ),
    "accounts:department_list": page({"GET": {200: READ_PEOPLE}}),
    "accounts:department_create": page({"GET": {200: ADMIN}, "POST": {422: ADMIN}}),
    "accounts:department_edit": page(
        {"GET": {200: ADMIN}, "POST": {422: ADMIN}}, thing="department", gate=ADMIN, sees=ADMIN
    ),
    "accounts:department_close": page(
        {"GET": {200: ADMIN}, "POST": {302: ADMIN}}, thing="department", gate=ADMIN, sees=ADMIN
    ),
    "accounts:department_reopen": page(
        {"POST": {302: ADMIN}}, thing="department", gate=ADMIN, sees=ADMIN
    ),
}

SENT_BY_ADMIN = {
    "setup:setup_company": lambda _world: {"company_name_zh": "安心到家"},
    "setup:setup_people": lambda _world: {"people": "李娜，li.na，OPS，员工"},
    "setup:setup_scope": lambda _world: {"orders": "1200"},
    "setup:setup_matrix": lambda _world: {"go": "skip"},
    "setup:setup_library": lambda _world: {
        "register": "OWN", "entries": LibraryRisk.objects.last().code,
    },
    "setup:setup_done": lambda _world: {},
    "accounts:person_create": lambda _world: {"display_name": "李娜", "username": "li.na"},
    "accounts:person_edit": lambda _world: {"display_name": "赵大勇"},
    "accounts:person_link": lambda _world: {},
    "accounts:person_deactivate": lambda _world: {"reason": "离职"},
    "accounts:person_reactivate": lambda _world: {},
    "accounts:delegation_create": lambda world: {
        "to_user": world.people["repairer"].pk, "reason": "休假",
        "begins_on": timezone.localdate().isoformat(), "last_on": SOON,
    },
    "accounts:delegation_end": lambda _world: {},
    "accounts:role_give": lambda _world: {"role": "finance", "department": ""},
    "accounts:role_end": lambda _world: {},
    "accounts:department_create": lambda _world: {"code": "NEW", "name_zh": "新"},
    "accounts:department_edit": lambda _world: {"name_zh": "保洁一组"},
    "accounts:department_close": lambda _world: {},
    "accounts:department_reopen": lambda _world: {},
}  # fmt: skip
"""What each address that changes something is sent: see `test_events`."""
