"""The addresses of the matrix and its drafts; read by `tests.access.table`."""

import json

from tests.access.row import page

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

SENT_TO_SCHEMES = {
    "assessments:scheme_create": lambda _world: {"start": "cautious"},
    "assessments:scheme_import": lambda _world: {
        "kept": json.dumps(
            {
                "grid": [[(p + i) // 3 for i in range(5)] for p in range(5)],
                "risk": ["a", "b", "c", "d"],
            }
        ),
    },
    "assessments:scheme_edit": lambda _world: {"name_zh": "照护矩阵"},
    "assessments:scheme_submit": lambda _world: {"row_version": "1"},
    "assessments:scheme_recall": lambda _world: {"row_version": "2"},
    "assessments:scheme_discard": lambda _world: {"row_version": "1"},
    "assessments:scheme_decide": lambda _world: {"decision": "changes", "comment": "太严"},
}
