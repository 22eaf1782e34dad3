"""Lines of the table about the set-up, people, their roles and departments."""

from tests.access.row import EVERYWHERE, SIGNED_IN, page, public

ADMIN = ("admin",)
READ_PEOPLE = ("manager", "auditor", "admin")

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
