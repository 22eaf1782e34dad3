"""The words of what the packages below this one do; those above name their own in `ready()`."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from riskhub.accounts.models import ApprovalDelegation, Department, RoleAssignment, Token, User
from riskhub.audit.models import AuditEvent, AuditSeal
from riskhub.company.models import CalendarDay, CompanySetting, Sequence
from riskhub.files.models import (
    Attachment,
    AttachmentErasure,
    Comment,
    CommentWithdrawal,
    StoredFile,
)
from riskhub.imports.models import ImportMapping, ImportRun
from riskhub.notices.models import DigestTime, Notice, Subscription, Webhook
from riskhub.oversight.details import spell_details
from riskhub.oversight.faults import fault_words
from riskhub.oversight.words import (
    call_rows,
    hide_fields,
    name_actions,
    name_fields,
    name_kinds,
)
from riskhub.reports.models import Report, ReportSnapshot
from riskhub.search.models import ListSetting, SavedView
from riskhub.work.models import Work

ACTIONS: dict[str, StrPromise] = {
    "audit.exported": _("Log exported"),
    "audit.noted": _("Auditor's note"),
    "attachment.added": _("File attached"),
    "attachment.erased": _("File removed after its retention"),
    "attachment.removed": _("File taken out of view"),
    "comment.added": _("Comment"),
    "comment.withdrawn": _("Comment withdrawn"),
    "audit.verified": _("Log verified"),
    "calendar_day.removed": _("Single day taken back"),
    "calendar_day.set": _("Single day entered"),
    "company.setting_changed": _("Setting changed"),
    "delegation.ended": _("Stand-in ended"),
    "delegation.made": _("Stand-in named"),
    "department.closed": _("Department closed"),
    "department.handed_over": _("Head changed"),
    "department.edited": _("Department changed"),
    "department.reopened": _("Department opened again"),
    "department.created": _("Department made"),
    "demo.founded": _("Demo company made"),
    "demo.seeded": _("Demo content written"),
    "file.stored": _("File stored"),
    "file.tidied": _("Files removed that nothing needs"),
    "import.applied": _("File imported"),
    "import.discarded": _("Upload discarded"),
    "import.failed": _("Import failed"),
    "import.mapped": _("Columns mapped"),
    "import_mapping.deleted": _("Kept mapping deleted"),
    "import_mapping.kept": _("Mapping kept for the next file"),
    "import_mapping.renamed": _("Kept mapping renamed"),
    "import.started": _("Import started"),
    "import.stopped": _("Import stopped"),
    "import.undone": _("Import undone"),
    "import.uploaded": _("File uploaded"),
    "library.loaded": _("Library loaded"),
    "list.arranged": _("List arranged"),
    "notice.mailed": _("Notice mailed"),
    "notice.read": _("Notice read"),
    "notice.sent": _("Notice sent"),
    "report.downloaded": _("Report downloaded"),
    "report.failed": _("Report failed"),
    "report.ready": _("Report ready"),
    "report.requested": _("Report requested"),
    "report.running": _("Report being made"),
    "role.assigned": _("Role given"),
    "role.ended": _("Role ended"),
    "saved_view.created": _("View saved"),
    "saved_view.deleted": _("View deleted"),
    "saved_view.edited": _("View changed"),
    "sequence.taken": _("Number taken"),
    "subscription.changed": _("Choice of mails changed"),
    "token.created": _("API key made"),
    "token.revoked": _("API key withdrawn"),
    "user.created": _("Account made"),
    "user.deactivated": _("Account closed"),
    "user.reactivated": _("Account opened again"),
    "user.edited": _("Account changed"),
    "user.link_made": _("Sign-in link made"),
    "user.language_changed": _("Language changed"),
    "user.password_set": _("Password set"),
    "user.theme_changed": _("Appearance changed"),
    "risk.seeded": _("Trial risks made"),
    "webhook.created": _("Group added"),
    "webhook.edited": _("Group changed"),
    "webhook.removed": _("Group removed"),
    "webhook.resealed": _("Address sealed anew"),
    "webhook.tried": _("Group tried"),
    "work.claimed": _("Job taken"),
    "work.given_up": _("Job given up"),
    "work.retried": _("Job started again"),
}

FIELDS: dict[str, StrPromise] = {
    "applied_at": _("Applied at"),
    "changed_at": _("Changed at"),
    "changed_by": _("Changed by"),
    "client_uuid": _("Sending key"),
    "code": _("Code"),
    "created_at": _("Made at"),
    "dedupe": _("Key against repetition"),
    "delivery": _("Way of telling"),
    "digest_on": _("Daily mail of"),
    "error": _("Fault"),
    "file": _("File"),
    "filename": _("File name"),
    "header": _("Fingerprint of the header row"),
    "hour": _("Hour"),
    "kind": _("Kind of entry"),
    "lang": _("Language of the text"),
    "link_made_at": _("Sign-in link made at"),
    "made_at": _("Uploaded at"),
    "made_by": _("Uploaded by"),
    "mailed_at": _("Mailed at"),
    "mapping": _("Mapping of the columns"),
    "mime": _("File type"),
    "new_target": _("New register"),
    "next": _("Next number"),
    "order": _("Place in the order"),
    "outcomes": _("Outcomes"),
    "page": _("List"),
    "params": _("Particulars"),
    "path": _("Place in the tree"),
    "read_at": _("Read at"),
    "ready_at": _("Ready at"),
    "recalled": _("Answered as for an earlier file"),
    "requested_at": _("Requested at"),
    "requested_by": _("Requested by"),
    "revoked_at": _("Withdrawn at"),
    "rows_file": _("Outcome of each row"),
    "sha256": _("File hash"),
    "size": _("Size in bytes"),
    "snapshot": _("Frozen data"),
    "state": _("State"),
    "submitted_at": _("Submitted at"),
    "target": _("Goes into"),
    "undone_at": _("Undone at"),
    "undone_by": _("Undone by"),
    "undone_reason": _("Why it was undone"),
    "token_hash": _("Key, masked"),
    "used_at": _("Used at"),
    "used_by": _("Used by"),
    "uploaded_at": _("Uploaded at"),
    "uploaded_by": _("Uploaded by"),
    "topic": _("Topic"),
    "url": _("Address"),
    "user": _("Account"),
    "uuid": _("Internal key"),
    "value": _("Value"),
}


def name_core() -> None:
    name_actions(ACTIONS)
    name_fields(FIELDS)
    name_kinds(
        {
            AuditEvent: _("Audit event"),
            AuditSeal: _("Seal"),
            CalendarDay: _("Day of the calendar"),
            CompanySetting: _("Setting"),
            ApprovalDelegation: _("Stand-in"),
            Department: _("Department"),
            ImportMapping: _("Kept mapping"),
            DigestTime: _("Hour of the daily mail"),
            ImportRun: _("Import"),
            ListSetting: _("Setting of a list"),
            Notice: _("Notice"),
            Subscription: _("Choice of mails"),
            Webhook: _("Group"),
            Report: _("Report"),
            ReportSnapshot: _("Frozen data"),
            RoleAssignment: _("Role"),
            SavedView: _("Saved view"),
            Sequence: _("Sequence of numbers"),
            StoredFile: _("Stored file"),
            Token: _("API key"),
            User: _("Account"),
            Work: _("Job"),
        }
    )
    call_rows(
        {
            ApprovalDelegation: ("from_user",),
            Attachment: ("file",),
            AttachmentErasure: ("attachment__file",),
            Comment: ("author",),
            CommentWithdrawal: ("comment__author",),
            ImportRun: ("file",),
            ListSetting: ("owner",),
            DigestTime: ("user",),
            Notice: ("user",),
            Subscription: ("user",),
            Report: ("snapshot",),
            RoleAssignment: ("user",),
            StoredFile: (),
            Token: ("user",),
        }
    )
    spell_details("audit.exported", _exported)
    spell_details(
        "audit.noted", lambda kept: {gettext("Auditor's note"): str(kept.get("text", ""))}
    )
    spell_details("audit.verified", _verified)
    spell_details("file.tidied", lambda kept: {gettext("Files"): str(kept.get("count", ""))})
    spell_details(
        "report.downloaded", lambda kept: {gettext("File hash"): str(kept.get("sha256", ""))}
    )
    hide_fields(Attachment, "uuid", "thumbnail", "owner_type", "owner_id", "received_sha256")
    hide_fields(AttachmentErasure, "attachment", "at")
    hide_fields(Comment, "client_uuid", "owner_type", "owner_id", "author", "at")
    hide_fields(CommentWithdrawal, "comment", "at")
    hide_fields(Webhook, "secret")
    hide_fields(User, "password", "theme", "is_staff", "is_superuser", "session_series")


def _exported(kept: Mapping[str, Any]) -> dict[str, str]:
    return {
        gettext("Events"): str(kept.get("rows", "")),
        gettext("Filter"): str(kept.get("filter", "")),
        gettext("File hash"): str(kept.get("sha256", "")),
    }


def _verified(kept: Mapping[str, Any]) -> dict[str, str]:
    return {
        gettext("Sealed events"): str(kept.get("events", "")),
        gettext("Head hash"): str(kept.get("head", "")),
        gettext("Fault"): fault_words(kept),
    }
