"""Every page of the product, each with somebody who works on it and a thing that it is about."""

from uuid import uuid4

from django.contrib.auth.models import AnonymousUser

from assessments.models import Assessment
from registers.models import InsurancePolicy, Register, Risk, RiskControl, RiskProposal
from registers.receipts import kept_as
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.models import AuditEvent
from riskhub.files.models import Attachment, Comment
from riskhub.imports.models import ImportMapping, ImportRun
from riskhub.notices.services import create_webhook
from riskhub.reports.models import Report
from riskhub.search.models import SavedView
from riskhub.search.services import create_saved_view
from tests.flows.change_pages import changes
from tests.flows.contingency import contingency
from tests.flows.handling import handling
from tests.flows.incidents import incidents
from tests.flows.intake import intake
from tests.flows.matrices import matrix
from tests.flows.plan_pages import plans
from tests.flows.records import records
from tests.flows.stops import Stop

NO_PAGES = {
    "healthz", "readyz", "web:preference_save", "web:phone_worker", "notices:notice_open",
    "notices:notice_read", "notices:webhook_try", "notices:webhook_remove",
    "oversight:event_export", "oversight:work_retry", "registers:risk_columns",
    "search:saved_view_retake", "search:saved_view_delete",
    "registers:proposal_undo", "registers:risk_link_end",
    "registers:term_move", "registers:term_delete", "registers:bulk_edit_undo",
    "accounts:person_link", "accounts:department_reopen", "incidents:incident_advance",
    "registers:register_reopen",
    "files:attachment_download", "files:attachment_thumbnail", "files:comment_withdraw",
    "registers:control_activate", "registers:risk_control_adopt", "registers:risk_control_remove",
    "assessments:contingency_start", "assessments:contingency_unlink", "assessments:gap_verify",
    "assessments:card_share", "assessments:contingency_print",
    "registers:transfer_end", "registers:transfer_reopen",
    "registers:risk_export", "reports:report_make", "reports:report_download",
    "assessments:change_risk_add", "assessments:change_take_on", "assessments:change_ready",
    "assessments:assessment_draft", "assessments:assessment_draft_discard",
    "assessments:plan_draft", "assessments:plan_draft_discard",
    "assessments:action_start",
    "assessments:import_start", "assessments:import_stop", "assessments:import_discard",
    "setup:first_user", "accounts:person_reactivate", "accounts:delegation_end",
    "assessments:import_suggest", "assessments:mapping_delete",
    "assessments:scheme_submit", "assessments:scheme_recall", "assessments:scheme_discard",
    "assessments:scheme_export", "incidents:tracking_leave",
    "incidents:tracking_write", "incidents:tracking_answer", "incidents:tracking_reopen",
    "incidents:tracking_rate",
    "incidents:complaint_take", "incidents:complaint_investigate", "incidents:complaint_resume",
    "incidents:offer_fulfil", "incidents:complaint_unmask", "incidents:injury_reveal",
    "incidents:record_import_start", "incidents:record_import_discard",
    "incidents:response_start", "incidents:response_tick",
    "incidents:statistics_export", "incidents:calendar_day_remove",
    "incidents:statutory_confirm", "incidents:statutory_stop",
}  # fmt: skip
"""Files, answers for machines, and buttons: they show no page of their own when asked by GET."""


def receipt_without_a_name():
    """Its address was told once, to nobody here: the filing gets another one."""
    receipt = uuid4()
    with acting(AnonymousUser(), "proposal.filed"):
        RiskProposal.objects.filter(is_anonymous=True).update(client_uuid=kept_as(receipt))
    return receipt


def entrance():
    names = ("login", "reset_password", "reset_password_done", "reset_password_from_key_done",
             "inactive")  # fmt: skip
    yield from (Stop(f"account_{name}", who="") for name in names)
    yield Stop("account_reset_password_from_key", who="", key=("1", "no-such-key"))
    yield from (Stop(f"account_{name}") for name in ("logout", "change_password"))


def oversight():
    starts = ("risk.manager", "head.cleaning", "staff.cleaning", "approver", "auditor", "admin")
    yield from (Stop("home", who) for who in starts)
    yield Stop("notices:notice_list")
    yield Stop("notices:subscription_edit", "staff.cleaning")
    for query in ("", "?q=R00", "?q=98765432198"):
        yield Stop("search:hit_list", query=query)
    yield Stop("oversight:event_list", "auditor")
    yield Stop("oversight:event_list", "staff.cleaning")
    together = AuditEvent.objects.exclude(request_id=None).latest("pk").request_id
    yield Stop("oversight:request_detail", "auditor", together)
    event = AuditEvent.objects.filter(action="risk.edited").latest("pk").pk
    yield Stop("oversight:event_detail", "auditor", event)
    yield Stop("oversight:note_create", "auditor", event)
    yield Stop("oversight:seal_list", "auditor")
    yield Stop("oversight:audit_verify", "auditor")
    yield Stop("oversight:work_list", "staff.cleaning", status=403)
    yield Stop("oversight:work_list", "admin")
    yield Stop("oversight:work_list", "auditor")
    yield Stop("reports:report_list")
    yield Stop("reports:report_detail", "auditor", Report.objects.get().pk)


def supervision():
    for who in ("risk.manager", "head.cleaning", "staff.cleaning", "approver", "auditor", "admin"):
        yield Stop("oversight:my_work", who)
    yield Stop("oversight:news_list")
    yield Stop("oversight:department_list")
    yield Stop("oversight:department_list", "auditor")
    yield Stop("registers:area_coverage")


def settings():
    person = User.objects.get(username="staff.cleaning")
    address = "https://open.feishu.cn/open-apis/bot/v2/hook/5d3f1a2b-secret"
    group = create_webhook(
        by=person, name="客服群", robot="feishu", address=address, topics=["danger", "alarms"]
    )
    yield Stop("notices:webhook_list", "admin")
    yield Stop("notices:webhook_create", "admin")
    yield Stop("notices:webhook_edit", "admin", group.pk)
    yield Stop("accounts:person_list", "admin")
    yield Stop("accounts:person_list", "auditor")
    yield Stop("accounts:person_create", "admin")
    for name in ("person_detail", "person_edit", "role_give"):
        yield Stop(f"accounts:{name}", "admin", person.pk)
    yield Stop("accounts:role_end", "admin", person.role_assignments.first().pk)
    for name in ("list", "create"):
        yield Stop(f"accounts:department_{name}", "admin")
    for name in ("edit", "close"):
        yield Stop(f"accounts:department_{name}", "admin", "CLEAN")
    yield Stop("registers:term_list")
    yield Stop("registers:term_list", "auditor")
    for kind in ("line", "area"):
        yield Stop("registers:term_create", key=kind)
    yield Stop("registers:term_edit", key="category:operational")


def people():
    owner = Risk.objects.open().exclude(owner=None).first().owner
    yield Stop("accounts:person_deactivate", "admin", owner.pk)
    yield Stop("accounts:delegation_list", "approver")
    yield Stop("accounts:delegation_create", "admin", User.objects.get(username="approver").pk)


def setup():
    """The story of the set-up looks at its other pages: the demo company is set up."""
    yield Stop("setup:setup_start", "admin")
    for step in ("company", "people", "scope", "matrix", "library", "done"):
        yield Stop(f"setup:setup_{step}", "admin", status=403)


def registers():
    full = Risk.objects.filter(plans__state="in_progress").order_by("pk").last().code
    yield Stop("registers:register_list")
    yield Stop("registers:register_create")
    for name in ("edit", "archive"):
        yield Stop(f"registers:register_{name}", key="SERVICE")
    yield Stop("registers:risk_list")
    yield Stop("registers:risk_list", query="?q=nothing+is+called+so")
    yield Stop("registers:risk_list", query=f"?group=department&open={full}")
    view = SavedView.objects.filter(owner__username="risk.manager").first() or create_saved_view(
        "registers:risk_list",
        by=User.objects.get(username="risk.manager"),
        name="周会",
        query={"level": ["high"], "group": ["area"]},
        columns=["level", "priority"],
        is_pinned=True,
    )
    yield Stop("registers:risk_list", query=f"?level=high&saved={view.pk}")
    yield Stop("search:saved_view_create", query="?of=registers:risk_list&level=high")
    yield Stop("search:saved_view_edit", key=view.pk)
    yield Stop("registers:risk_create")
    yield Stop("registers:risk_detail", key="R999", status=404)
    yield Stop("registers:library_list")
    yield Stop("registers:library_list", "auditor")
    for name in ("detail", "history", "edit", "close", "merge"):
        yield Stop(f"registers:risk_{name}", key=full)
    yield Stop("registers:risk_link_create", key=full)
    yield Stop("registers:risk_link_create", key=full, query="?other=R00")
    document = Attachment.objects.latest("pk")
    yield Stop("files:attachment_add", key=document.owner)
    yield Stop("files:attachment_remove", key=document.uuid)
    yield Stop("registers:risk_bulk", query=f"?pick={full}")
    for column in ("name", "owner", "importance", "source"):
        yield Stop("registers:risk_field", key=full, query=f"?column={column}")
    comment = Comment.objects.earliest("pk")
    yield Stop("files:comment_list", key=comment.owner)
    yield Stop("files:comment_list", "auditor", comment.owner)
    yield Stop("files:comment_detail", "head.cleaning", comment.pk)
    yield Stop("files:comment_people", key=comment.owner)
    yield Stop(
        "registers:risk_detail", "head.cleaning", Risk.objects.get(number=1).code, "?kind=comments"
    )
    yield Stop("registers:risk_reopen", key=Risk.objects.filter(state="closed").first().code)
    yield Stop("registers:proposal_list")
    yield Stop("registers:proposal_list", "auditor")
    for state in ("submitted", "accepted"):
        key = RiskProposal.objects.filter(state=state).order_by("pk").last().pk
        yield Stop("registers:proposal_decide", key=key)
        yield Stop("registers:proposal_decide", "auditor", key)
    filed = RiskProposal.objects.filter(submitter__username="staff.cleaning").last().pk
    yield Stop("registers:proposal_create", "staff.cleaning")
    yield Stop("registers:proposal_receipt", "staff.cleaning", filed)
    yield Stop("registers:proposal_mine", "staff.cleaning")
    yield Stop("registers:proposal_receipt", "staff.repair", receipt_without_a_name())
    yield Stop("registers:poster_list", "head.cleaning")
    yield Stop("registers:poster_detail", "head.cleaning", "CLEAN")
    asked = RiskProposal.objects.asked().get()
    yield Stop("registers:proposal_answer", asked.submitter.username, asked.pk)


def transfers():
    yield Stop("registers:transfer_list")
    yield Stop("registers:transfer_list", "staff.cleaning", query="?kind=supplier")
    yield Stop("registers:transfer_create", key="clause")
    yield Stop("registers:transfer_edit", key=InsurancePolicy.objects.earliest("pk").key)


def controls():
    risk, link = Risk.objects.get(number=1).code, RiskControl.objects.earliest("pk")
    gap = Risk.objects.get(origins__ref_id="LIB-028").code
    yield Stop("registers:risk_controls", key=risk)
    yield Stop("registers:risk_controls", "auditor", gap)
    yield Stop("registers:risk_control_create", key=gap)
    yield Stop("registers:risk_control_edit", key=link.pk)
    yield Stop("registers:control_list")
    yield Stop("registers:control_list", "auditor", query="?view=overdue")
    yield Stop("registers:control_list", query="?q=nothing+is+called+so")
    yield Stop("registers:control_create", "head.cleaning")
    yield Stop("registers:control_adopt")
    yield Stop("registers:control_adopt", "auditor")
    yield Stop("registers:control_detail", key="C-03")
    yield Stop("registers:control_detail", key="C-52")
    yield Stop("registers:control_detail", "staff.cleaning", "C-50")
    for name in ("edit", "retire", "link"):
        yield Stop(f"registers:control_{name}", key="C-22")
    for gap_key in ("no_preventive", "no_emergency", "ineffective", "overdue"):
        yield Stop("registers:gap_list", query=f"?gap={gap_key}")
    yield Stop("registers:check_list", "staff.cleaning")
    yield Stop("registers:check_list", query="?view=others")
    yield Stop("registers:check_create", "staff.cleaning", "C-07")
    preview = "?sample_size=20&exceptions=3&design_ok=yes"
    yield Stop("registers:check_preview", "staff.cleaning", "C-07", preview)


def assessments():
    unjudged = Risk.objects.filter(residual_level=None, assessments=None).first().code
    judged = Risk.objects.filter(plans__state="in_progress").order_by("pk").last().code
    bare = Risk.objects.without_plan().filter(residual_level__gte=2).first().code
    waiting = Assessment.objects.filter(state="submitted").first()
    yield Stop("assessments:assessment_create", key=unjudged)
    yield Stop("assessments:assessment_create", key=judged)
    yield Stop("assessments:assessment_create", key=waiting.risk.code)
    yield Stop("assessments:assessment_list", key=judged)
    yield Stop("assessments:assessment_list", "approver", waiting.risk.code)
    yield Stop("assessments:assessment_confirm", "second.manager")
    yield Stop("assessments:assessment_confirm", "auditor")
    yield Stop("assessments:assessment_reject", "second.manager", waiting.pk)
    yield Stop("assessments:heat_map")
    yield Stop("assessments:heat_map_moves")
    yield Stop("assessments:heat_map", query="?kind=inherent&probability=4&impact=4")
    yield Stop("assessments:risk_response", key=judged)
    yield Stop("assessments:risk_response", key=bare)
    yield Stop("assessments:plan_create", key=bare)


def imports():
    yield Stop("assessments:import_list")
    yield Stop("assessments:mapping_list")
    for who in ("risk.manager", "auditor"):
        yield Stop("assessments:mapping_edit", who, ImportMapping.objects.latest("pk").pk)
    yield Stop("assessments:import_create")
    yield Stop("assessments:import_create", key=Register.objects.get(code="SERVICE").code)
    for who in ("risk.manager", "auditor"):
        yield from (
            Stop("assessments:import_detail", who, run.pk)
            for run in ImportRun.objects.filter(kind="register")
        )
    applied = ImportRun.objects.filter(state="applied").first()
    yield Stop("assessments:import_undo", key=applied.pk)


def all_pages():
    areas = (
        entrance, oversight, supervision, settings, people, setup, matrix, registers, transfers,
        controls, assessments, plans, contingency, changes, imports,
        intake, handling, incidents, records,
    )  # fmt: skip
    for area in areas:
        yield from area()
