from riskhub.oversight.services.noting import note_on_event
from riskhub.oversight.services.sealing import derive_head_mails, mail_head, seal_all
from riskhub.oversight.services.verifying import request_verification, verify_audit

__all__ = [
    "derive_head_mails",
    "mail_head",
    "note_on_event",
    "request_verification",
    "seal_all",
    "verify_audit",
]
