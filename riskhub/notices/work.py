from datetime import date
from typing import Any

from riskhub.accounts.models import User
from riskhub.notices.models import Notice
from riskhub.notices.services import mail_digest, mail_notice


def mail_owed(payload: dict[str, Any]) -> None:
    notice = Notice.objects.select_related("user").get(
        user=payload["user"], dedupe=payload["dedupe"]
    )
    mail_notice(notice)


def digest_owed(payload: dict[str, Any]) -> None:
    user = User.objects.get(pk=payload["user"])
    mail_digest(user, date.fromisoformat(payload["day"]))
