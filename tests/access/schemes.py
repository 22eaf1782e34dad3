"""The addresses of the matrix and its drafts; read by `tests.access.table`."""

import json

from assessments.models import MatrixScheme
from assessments.schemes.in_force import scheme_in_force
from assessments.schemes.rows import content_of
from tests.access.row import api, page
from tests.assessments.matrices import cautious

EDIT, DECIDE = ("manager",), ("approver",)
READ = (*EDIT, *DECIDE, "auditor")
DRAFT = {"thing": "draft_scheme", "gate": EDIT, "sees": EDIT}
WAITING = {"thing": "waiting_scheme"}

SCHEMES = {
    "assessments:scheme_list": page({"GET": {200: READ}}, gate=READ),
    "assessments:scheme_detail": page(
        {"GET": {200: READ}}, thing="draft_scheme", gate=READ, sees=READ
    ),
    "assessments:scheme_create": page({"GET": {200: EDIT}, "POST": {422: EDIT}}, gate=EDIT),
    "assessments:scheme_import": page({"GET": {200: EDIT}, "POST": {422: EDIT}}, gate=EDIT),
    "assessments:scheme_export": page(
        {"GET": {200: READ}}, thing="draft_scheme", gate=READ, sees=READ
    ),
    "assessments:scheme_edit": page({"GET": {200: EDIT}, "POST": {422: EDIT}}, **DRAFT),
    "assessments:scheme_submit": page({"POST": {302: EDIT}}, **DRAFT),
    "assessments:scheme_recall": page({"POST": {302: EDIT}}, gate=EDIT, sees=EDIT, **WAITING),
    "assessments:scheme_discard": page({"POST": {302: EDIT}}, **DRAFT),
    "assessments:scheme_decide": page(
        {"GET": {200: DECIDE}, "POST": {422: DECIDE}}, gate=DECIDE, sees=DECIDE, **WAITING
    ),
}

SCHEMES_API = {
    "api:scheme_list": api({"GET": {200: READ}, "POST": {400: EDIT}}),
    "api:scheme_checks": api({"POST": {400: READ}}),
    "api:scheme_detail": api(
        {"GET": {200: READ}, "PUT": {428: EDIT}}, thing="draft_scheme", gate=READ, sees=READ
    ),
    "api:scheme_submit": api({"POST": {428: EDIT}}, **DRAFT),
    "api:scheme_recall": api({"POST": {428: EDIT}}, gate=EDIT, sees=EDIT, **WAITING),
    "api:scheme_discard": api({"POST": {428: EDIT}}, **DRAFT),
    "api:scheme_approve": api({"POST": {400: DECIDE}}, gate=DECIDE, sees=DECIDE, **WAITING),
    "api:scheme_request_changes": api({"POST": {400: DECIDE}}, gate=DECIDE, sees=DECIDE, **WAITING),
}


def content():
    """Another matrix than the one in force, as a program sends it."""
    return {"content": cautious().as_json()}


def standard():
    return content_of(scheme_in_force()).as_json()


def hash_of(world):
    return MatrixScheme.objects.get(pk=world.value("waiting_scheme", "own")).content_hash


DECIDED = ("assessments:scheme_decide", "api:scheme_approve", "api:scheme_request_changes")
SENT_TO_SCHEMES = {
    "assessments:scheme_create": lambda _world: {"start": "cautious"},
    "assessments:scheme_import": lambda _world: {
        "kept": json.dumps(
            {
                "grid": [[min(3, (p + i) // 2) for i in range(5)] for p in range(5)],
                "risk": ["a", "b", "c", "d"],
            }
        ),
    },
    "assessments:scheme_edit": lambda _world: {"name_zh": "照护矩阵"},
    "assessments:scheme_submit": lambda _world: {"row_version": "1"},
    "assessments:scheme_recall": lambda _world: {"row_version": "2"},
    "assessments:scheme_discard": lambda _world: {"row_version": "1"},
    "assessments:scheme_decide": lambda _world: {"decision": "changes", "comment": "太严"},
    "api:scheme_list": lambda _world: content(),
    "api:scheme_detail": lambda _world: {"content": standard()},
    "api:scheme_submit": lambda _world: {},
    "api:scheme_recall": lambda _world: {},
    "api:scheme_discard": lambda _world: {},
    "api:scheme_approve": lambda world: {"content_hash": hash_of(world)},
    "api:scheme_request_changes": lambda world: {
        "content_hash": hash_of(world),
        "comment": "太严",
    },
}
