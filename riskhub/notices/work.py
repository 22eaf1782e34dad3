from typing import Any

from riskhub.notices.models import Notice
from riskhub.notices.services import mail_notice


def mail_owed(payload: dict[str, Any]) -> None:
    notice = Notice.objects.select_related("user").get(
        user=payload["user"], dedupe=payload["dedupe"]
    )
    mail_notice(notice)
