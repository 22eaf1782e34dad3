from datetime import date
from typing import Any

from riskhub.accounts.models import User
from riskhub.notices.models import Notice, Webhook
from riskhub.notices.services import mail_digest, mail_notice, send_webhook


def mail_owed(payload: dict[str, Any]) -> None:
    notice = Notice.objects.select_related("user").get(
        user=payload["user"], dedupe=payload["dedupe"]
    )
    mail_notice(notice)


def digest_owed(payload: dict[str, Any]) -> None:
    user = User.objects.get(pk=payload["user"])
    mail_digest(user, date.fromisoformat(payload["day"]))


def webhook_owed(payload: dict[str, Any]) -> None:
    """Nothing where the group was taken out meanwhile."""
    webhook = Webhook.objects.filter(pk=payload["webhook"]).first()
    if webhook:
        notice = Notice.objects.get(user=payload["user"], dedupe=payload["dedupe"])
        send_webhook(webhook, notice)
