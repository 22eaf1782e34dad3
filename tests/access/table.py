"""Every address: what it answers to whom. A new address without a line here fails.

Bodies are empty but for a word, so a form answers 422 (400 in the API) to those who may send it.
Statuses: 200 shown, 302 done and sent on, 4xx refused for the reason that stands behind it.
"""

from tests.access.changes import CHANGES, CHANGES_API
from tests.access.contingency import CONTINGENCY, CONTINGENCY_API
from tests.access.controls import CONTROLS, CONTROLS_API
from tests.access.incidents import INCIDENTS
from tests.access.intake import INTAKE
from tests.access.intake_api import INTAKE_API
from tests.access.notices import NOTICES
from tests.access.people import PEOPLE, SETUP
from tests.access.plans import PLANS, PLANS_API
from tests.access.registers import LISTS, REGISTERS
from tests.access.row import (
    ANSWER,
    KEEP,
    ROLES,
    SEE,
    SIGNED_IN,
    WRITE,
    api,
    page,
    public,
)
from tests.access.schemes import SCHEMES, SCHEMES_API
from tests.access.transfers import TRANSFERS, TRANSFERS_API

COMMENT = tuple(role for role in SEE if role != "auditor")
FILE = (*WRITE, "service", "approver", "finance")
NOT_DECIDING = tuple(role for role in FILE if role not in KEEP)
CONFIRM = (*KEEP, "approver")
READ_AUDIT = ("manager", "approver", "finance", "auditor", "admin")
READ_EVENT = ("ops_manager", "head", *READ_AUDIT)
SUPERVISE = ("manager", "ops_manager", "head", "approver", "auditor", "admin")
READ_REPORTS = ("manager", "approver", "finance", "auditor")
WATCH_WORK = ("manager", "admin")
READ_WORK = (*WATCH_WORK, "auditor")
READ_CONFIRMATIONS = (*CONFIRM, "auditor")
READ_IMPORTS = (*KEEP, "auditor")
RUN = {"thing": "run", "sees": READ_IMPORTS}
READ_TRIAGE = (*KEEP, "auditor")
SEE_PROPOSAL = (*READ_TRIAGE, "head", "staff")

COMPANY = {
    "home": page({"GET": {200: SIGNED_IN}}),
    "healthz": public({"GET": {200: ROLES}}),
    "readyz": public({"GET": {200: ROLES}}),
    "web:preference_save": public({"POST": {400: ROLES}}),
    "search:saved_view_create": page(
        {"GET": {200: SIGNED_IN}, "POST": {422: SIGNED_IN}}, query="?of=registers:risk_list"
    ),
    "search:saved_view_edit": page(
        {"GET": {200: ("staff",)}, "POST": {422: ("staff",)}}, thing="saved_view", sees=("staff",)
    ),
    "search:saved_view_retake": page(
        {"POST": {302: ("staff",)}}, thing="saved_view", sees=("staff",)
    ),
    "search:saved_view_delete": page(
        {"POST": {302: ("staff",)}}, thing="saved_view", sees=("staff",)
    ),
    "search:hit_list": page({"GET": {200: SIGNED_IN}}, query="?q=R1"),
    "oversight:event_list": page({"GET": {200: SEE}}),
    "oversight:request_detail": page(
        {"GET": {200: READ_EVENT}}, thing="request", gate=SEE, sees=READ_EVENT
    ),
    "oversight:event_export": page({"GET": {200: SEE}}, has_head=False),
    "oversight:event_detail": page(
        {"GET": {200: READ_EVENT}}, thing="event", gate=SEE, sees=READ_EVENT
    ),
    "oversight:note_create": page(
        {"GET": {200: ("auditor",)}, "POST": {422: ("auditor",)}},
        thing="event",
        gate=("auditor",),
        sees=READ_EVENT,
    ),
    "oversight:seal_list": page({"GET": {200: READ_AUDIT}}),
    "oversight:audit_verify": page({"GET": {200: READ_AUDIT}, "POST": {302: READ_AUDIT}}),
    "oversight:my_work": page({"GET": {200: SIGNED_IN}}),
    "oversight:news_list": page({"GET": {200: SEE}}),
    "oversight:department_list": page({"GET": {200: SUPERVISE}}),
    "oversight:work_list": page({"GET": {200: READ_WORK}}),
    "oversight:work_retry": page(
        {"POST": {302: WATCH_WORK}}, thing="work", gate=WATCH_WORK, sees=WATCH_WORK
    ),
    "reports:report_list": page({"GET": {200: READ_REPORTS}}),
    "reports:report_make": page({"POST": {422: ("manager",)}}),
    "reports:report_detail": page(
        {"GET": {200: READ_REPORTS}}, thing="report", gate=READ_REPORTS, sees=READ_REPORTS
    ),
    "reports:report_download": page(
        {"GET": {200: READ_REPORTS}}, thing="report", gate=READ_REPORTS, sees=READ_REPORTS
    ),
}

FILES = {
    "files:attachment_download": page({"GET": {200: SEE}}, thing="attachment"),
    "files:attachment_thumbnail": page({"GET": {200: SEE}}, thing="attachment"),
    "files:attachment_add": page({"GET": {200: WRITE}, "POST": {422: WRITE}}, thing="owner"),
    "files:comment_list": page({"GET": {200: SEE}, "POST": {422: COMMENT}}, thing="owner"),
    "files:comment_people": page({"GET": {200: COMMENT}}, thing="owner"),
    "files:comment_detail": page({"GET": {200: SEE}}, thing="comment"),
    "files:comment_withdraw": page({"POST": {302: ("manager",)}}, thing="comment"),
    "files:attachment_remove": page(
        {"GET": {200: WRITE}, "POST": {422: WRITE}}, thing="attachment"
    ),
}

RISKS = {
    "registers:risk_list": page({"GET": {200: SIGNED_IN}}),
    "registers:risk_bulk": page({"GET": {200: ANSWER}, "POST": {422: ANSWER}}, gate=ANSWER),
    "registers:bulk_edit_undo": page(
        {"POST": {302: ("manager",)}}, thing="bulk_edit", gate=ANSWER, sees=("manager",)
    ),
    "registers:risk_columns": page({"POST": {302: SIGNED_IN}}),
    "registers:risk_export": page({"GET": {200: SIGNED_IN}}, has_head=False, query="?format=csv"),
    "registers:risk_create": page({"GET": {200: KEEP}, "POST": {422: KEEP}}),
    "registers:risk_detail": page({"GET": {200: SEE}}, thing="risk"),
    "registers:risk_history": page({"GET": {200: SEE}}, thing="risk"),
    "registers:risk_edit": page({"GET": {200: WRITE}, "POST": {422: WRITE}}, thing="risk"),
    "registers:risk_link_create": page({"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="risk"),
    "registers:risk_link_end": page({"POST": {302: ANSWER}}, thing="link"),
    "registers:risk_field": page(
        {"GET": {200: WRITE}, "POST": {422: WRITE}}, thing="risk", query="?column=name"
    ),
    "registers:risk_close": page({"GET": {200: KEEP}, "POST": {422: KEEP}}, thing="risk"),
    "registers:risk_merge": page({"GET": {200: KEEP}, "POST": {422: KEEP}}, thing="risk"),
    "registers:risk_reopen": page({"GET": {200: KEEP}, "POST": {422: KEEP}}, thing="closed_risk"),
    "registers:area_coverage": page({"GET": {200: SEE}}),
    "registers:library_list": page({"GET": {200: SIGNED_IN}, "POST": {422: KEEP}}),
    "registers:proposal_list": page({"GET": {200: READ_TRIAGE}}),
    "registers:proposal_decide": page(
        {"GET": {200: READ_TRIAGE}, "POST": {400: KEEP}}, thing="proposal", sees=SEE_PROPOSAL
    ),
    "registers:proposal_undo": page({"POST": {409: KEEP}}, thing="proposal", sees=SEE_PROPOSAL),
    "registers:proposal_create": page({"GET": {200: FILE}, "POST": {422: FILE}}),
    "registers:proposal_receipt/number": page(
        {"GET": {200: ("staff",)}}, thing="proposal", sees=("staff",)
    ),
    "registers:proposal_receipt/key": page({"GET": {200: SIGNED_IN}}, thing="key", sees=SIGNED_IN),
    "registers:proposal_answer/number": page(
        {"GET": {200: ("staff",)}, "POST": {422: ("staff",)}}, thing="asked", sees=("staff",)
    ),
    "registers:proposal_answer/key": page(
        {"GET": {200: NOT_DECIDING}, "POST": {422: NOT_DECIDING}}, thing="asked_key", sees=SIGNED_IN
    ),
    "registers:poster_list": page({"GET": {200: ANSWER}}),
    "registers:poster_detail": page(
        {"GET": {200: ANSWER}}, thing="poster", gate=ANSWER, sees=ANSWER
    ),
    "registers:proposal_mine": page({"GET": {200: SIGNED_IN}}),
}

ASSESSMENTS = {
    "assessments:assessment_create": page(
        {"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="risk"
    ),
    "assessments:assessment_draft": page({"POST": {409: ANSWER}}, thing="drafted"),
    "assessments:assessment_draft_discard": page({"POST": {409: ANSWER}}, thing="drafted"),
    "assessments:assessment_list": page({"GET": {200: SEE}}, thing="risk"),
    "assessments:assessment_confirm": page(
        {"GET": {200: READ_CONFIRMATIONS}, "POST": {422: CONFIRM}}
    ),
    "assessments:assessment_reject": page(
        {"GET": {200: CONFIRM}, "POST": {422: CONFIRM}}, thing="assessment"
    ),
    "assessments:heat_map": page({"GET": {200: SIGNED_IN}}),
    "assessments:heat_map_moves": page({"GET": {200: SIGNED_IN}}),
    "assessments:risk_response": page({"GET": {200: SEE}}, thing="judged"),
    "assessments:reassessment_list": page({"GET": {200: SEE}}),
    "assessments:reassessment_waive": page(
        {"GET": {200: KEEP}, "POST": {422: KEEP}}, thing="reassessment"
    ),
    "assessments:import_list": page({"GET": {200: READ_IMPORTS}}),
    "assessments:import_create": page({"GET": {200: KEEP}, "POST": {422: KEEP}}),
    "assessments:import_create/code": page(
        {"GET": {200: KEEP}, "POST": {422: KEEP}}, thing="register", gate=KEEP, sees=KEEP
    ),
    "assessments:import_detail": page(
        {"GET": {200: READ_IMPORTS}, "POST": {422: ("manager",)}}, **RUN
    ),
    "assessments:import_start": page({"POST": {400: ("manager",)}}, **RUN),
    "assessments:import_discard": page({"POST": {400: KEEP}}, **RUN),
    "assessments:import_suggest": page({"POST": {400: ("manager",)}}, **RUN),
    "assessments:mapping_list": page({"GET": {200: READ_IMPORTS}}),
    "assessments:mapping_edit": page(
        {"GET": {200: READ_IMPORTS}, "POST": {422: KEEP}}, thing="mapping", sees=READ_IMPORTS
    ),
    "assessments:mapping_delete": page({"POST": {400: KEEP}}, thing="mapping", sees=READ_IMPORTS),
    "assessments:import_undo": page({"GET": {302: KEEP}, "POST": {302: KEEP}}, **RUN),
    "assessments:import_stop": page({"POST": {302: ("manager",)}}, **RUN),
}

API = {
    "api:schema": public({"GET": {200: ROLES}}, is_api=True),
    "api:docs": public({"GET": {200: ROLES}}, is_api=True),
    "api:register_list": api({"GET": {200: SIGNED_IN}}),
    "api:register_detail": api({"GET": {200: SEE}}, thing="register"),
    "api:taxonomy_detail": api({"GET": {200: SIGNED_IN}}),
    "api:proposal_list": api({"GET": {200: SIGNED_IN}, "POST": {400: FILE}}),
    "api:proposal_detail": api({"GET": {200: ("staff",)}}, thing="proposal", sees=("staff",)),
    "api:triage_list": api({"GET": {200: READ_TRIAGE}}),
    "api:triage_detail": api({"GET": {200: READ_TRIAGE}}, thing="proposal", sees=SEE_PROPOSAL),
    **{
        f"api:triage_{decision}": api({"POST": {400: KEEP}}, thing="proposal", sees=SEE_PROPOSAL)
        for decision in ("accept", "merge", "ask", "decline")
    },
    "api:triage_undo": api({"POST": {409: KEEP}}, thing="proposal", sees=SEE_PROPOSAL),
    "api:risk_list": api({"GET": {200: SIGNED_IN}, "POST": {400: KEEP}}),
    "api:risk_detail": api({"GET": {200: SEE}, "PATCH": {428: WRITE}}, thing="risk"),
    "api:risk_close": api({"POST": {400: KEEP}}, thing="risk"),
    "api:risk_reopen": api({"POST": {400: KEEP}}, thing="closed_risk"),
    "api:risk_history": api({"GET": {200: SEE}}, thing="risk"),
    "api:risk_comment_list": api({"GET": {200: SEE}, "POST": {400: COMMENT}}, thing="risk"),
    "api:comment_withdraw": api({"POST": {200: ("manager",)}}, thing="comment"),
    "api:risk_link_list": api({"GET": {200: SEE}, "POST": {400: ANSWER}}, thing="risk"),
    "api:risk_link_detail": api({"DELETE": {204: ANSWER}}, thing="link"),
    "api:risk_assessment_list": api({"GET": {200: SEE}}, thing="risk"),
    "api:assessment_draft_detail": api(
        {"GET": {200: ANSWER}, "PUT": {428: ANSWER}, "DELETE": {428: ANSWER}}, thing="drafted"
    ),
    "api:assessment_list": api({"GET": {200: SIGNED_IN}, "POST": {400: ANSWER}}),
    "api:assessment_bulk": api({"POST": {400: ANSWER}}),
    "api:assessment_detail": api({"GET": {200: SEE}}, thing="assessment"),
    "api:assessment_confirm": api(
        {"POST": {200: ("ops_manager", "approver"), 403: ("manager",)}}, thing="assessment"
    ),
    "api:assessment_reject": api({"POST": {400: CONFIRM}}, thing="assessment"),
    "api:reassessment_list": api({"GET": {200: SIGNED_IN}}),
    "api:reassessment_detail": api({"GET": {200: SEE}}, thing="reassessment"),
    "api:reassessment_waive": api({"POST": {428: KEEP}}, thing="reassessment"),
    "api:import_list": api({"GET": {200: READ_IMPORTS}, "POST": {400: KEEP}}),
    "api:import_detail": api({"GET": {200: READ_IMPORTS}, "PATCH": {428: ("manager",)}}, **RUN),
    "api:import_rows": api({"GET": {200: READ_IMPORTS}}, **RUN),
    "api:import_confirm": api({"POST": {428: ("manager",)}}, **RUN),
    "api:import_discard": api({"POST": {428: KEEP}}, **RUN),
    "api:import_undo": api({"POST": {400: KEEP}}, **RUN),
    "api:report_list": api({"GET": {200: READ_REPORTS}, "POST": {400: ("manager",)}}),
    "api:report_detail": api(
        {"GET": {200: READ_REPORTS}}, thing="report", gate=READ_REPORTS, sees=READ_REPORTS
    ),
    "api:report_download": api(
        {"GET": {200: READ_REPORTS}}, thing="report", gate=READ_REPORTS, sees=READ_REPORTS
    ),
}

# The pages of allauth, each (GET, POST) for nobody and for somebody who is signed in.
SIGN_IN = {
    "account_login": ((200, 200), (302, 302)),
    "account_logout": ((302, 302), (200, 302)),
    "account_inactive": ((200, 405), (200, 405)),
    "account_change_password": ((302, 302), (200, 200)),
    # A bad key, in words; without mail too, as the administrator hands links over.
    "account_reset_password_from_key": ((200, 200), (200, 200)),
    "account_reset_password_from_key_done": ((200, 405), (200, 405)),
}
# Those that promise a letter: without a mail server they do not exist.
BY_MAIL = {
    "account_reset_password": ((200, 200), (200, 200)),
    "account_reset_password_done": ((200, 405), (200, 405)),
}

TABLE = (
    COMPANY
    | SETUP
    | PEOPLE
    | LISTS
    | FILES
    | REGISTERS
    | RISKS
    | CONTROLS
    | ASSESSMENTS
    | CHANGES
    | CHANGES_API
    | PLANS
    | API
    | PLANS_API
    | CONTROLS_API
    | SCHEMES
    | SCHEMES_API
    | TRANSFERS
    | TRANSFERS_API
    | CONTINGENCY
    | CONTINGENCY_API
    | INTAKE
    | INTAKE_API
    | NOTICES
    | INCIDENTS
)
