"""The words of what the packages below this one do; those above name their own in `ready()`."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from riskhub.accounts.models import Department, RoleAssignment, Token, User
from riskhub.audit.models import AuditSeal
from riskhub.company.models import CompanySetting, Sequence
from riskhub.files.models import StoredFile
from riskhub.imports.models import ImportRun
from riskhub.notices.models import Notice
from riskhub.oversight.words import hide_fields, name_actions, name_kinds
from riskhub.reports.models import Report, ReportSnapshot
from riskhub.work.models import Work

ACTIONS: dict[str, StrPromise] = {
    "audit.verified": _("Log verified"),
    "company.setting_changed": _("Setting changed"),
    "department.created": _("Department made"),
    "file.stored": _("File stored"),
    "library.loaded": _("Library loaded"),
    "notice.mailed": _("Notice mailed"),
    "notice.read": _("Notice read"),
    "notice.sent": _("Notice sent"),
    "report.downloaded": _("Report downloaded"),
    "report.failed": _("Report failed"),
    "report.ready": _("Report ready"),
    "report.requested": _("Report requested"),
    "report.running": _("Report being made"),
    "role.assigned": _("Role given"),
    "sequence.taken": _("Number taken"),
    "token.created": _("API key made"),
    "token.revoked": _("API key withdrawn"),
    "user.created": _("Account made"),
    "user.language_changed": _("Language changed"),
    "user.password_set": _("Password set"),
    "user.theme_changed": _("Appearance changed"),
    "work.retried": _("Job started again"),
}


def name_core() -> None:
    name_actions(ACTIONS)
    name_kinds(
        {
            AuditSeal: _("Seal"),
            CompanySetting: _("Setting"),
            Department: _("Department"),
            ImportRun: _("Import"),
            Notice: _("Notice"),
            Report: _("Report"),
            ReportSnapshot: _("Frozen data"),
            RoleAssignment: _("Role"),
            Sequence: _("Sequence of numbers"),
            StoredFile: _("Stored file"),
            Token: _("API key"),
            User: _("Account"),
            Work: _("Job"),
        }
    )
    hide_fields(User, "password", "theme", "is_staff", "is_superuser")
