"""Tell people once: in the app at once, by mail through the work table or once a day."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from riskhub.accounts.models import User
from riskhub.audit.context import acting, ask_as
from riskhub.files.models import Comment
from riskhub.notices.choices import Delivery
from riskhub.notices.letters import letter
from riskhub.notices.models import Notice
from riskhub.notices.services.webhooks import owe_webhooks
from riskhub.notices.topics import topic_of
from riskhub.prepared import Rows, Statement
from riskhub.work.services import owe_work

MAIL = "notice.mail"
_TELL = """
WITH told AS (
    INSERT INTO notices_notice (user_id, kind, params, url, dedupe, created_at, delivery)
    SELECT reader.id, %s, %s::jsonb, %s, %s, %s,
           CASE reader.email WHEN '' THEN 'bell' ELSE coalesce(chosen.delivery, %s) END
    FROM ({readers}) AS reader (id, email)
    LEFT JOIN notices_subscription AS chosen ON chosen.user_id = reader.id AND chosen.topic = %s
    WHERE reader.id IS DISTINCT FROM %s
    ON CONFLICT DO NOTHING RETURNING user_id, delivery
)
SELECT user_id, delivery FROM told ORDER BY user_id
"""
"""Those who did not know yet. Who has no address only reads it here."""
_THESE = "SELECT id, email FROM accounts_user WHERE id = ANY(%s)"


class Addressee(NamedTuple):
    """As much of a person as a notice takes."""

    pk: int
    email: str


def notify(
    users: Iterable[User | Addressee],
    *,
    by: User | None,
    kind: str,
    params: dict[str, Any],
    url: str,
    dedupe: str,
) -> None:
    """One notice per person and `dedupe`, however often it is called; mail as each of them chose."""
    keys = [user.pk for user in users]
    telling = _telling((_THESE, [keys]), kind, params, url, dedupe)
    with transaction.atomic(savepoint=False):
        (told,) = ask_as(by, "notice.sent", telling)
        _owe_messages(told, kind, dedupe, by)


def notify_found(
    readers: Statement, *, by: User | None, kind: str, params: dict[str, Any], url: str, dedupe: str
) -> None:
    """As `notify`, within the act of the caller, for those whose key and e-mail a query finds.

    Whoever acts is not told.
    """
    telling = _telling(readers, kind, params, url, dedupe, but=by)
    (told,) = ask_as(by, "notice.sent", telling)
    _owe_messages(told, kind, dedupe, by)


def _telling(
    readers: Statement, kind: str, params: dict[str, Any], url: str, dedupe: str, *,
    but: User | None = None,
) -> Statement:  # fmt: skip
    text, values = readers
    topic = topic_of(kind)
    said = [kind, json.dumps(params), url, dedupe, timezone.now(), topic.usual]
    return _TELL.format(readers=text), [*said, *values, topic.key, but and but.pk]


def tell_mentioned(
    comment: Comment, people: Iterable[User], *, by: User, thing: str, url: str
) -> None:
    """The words themselves are not sent: they can be withdrawn, a notice cannot.

    `url` is the page of the thing on which the comment stands.
    """
    with acting(by, "notice.sent"):
        notify(
            people,
            by=by,
            kind="comment_mentioned",
            params={"name": str(by), "thing": thing},
            url=f"{url}#comment-{comment.pk}",
            dedupe=f"comment:{comment.pk}",
        )


def _owe_messages(told: Rows, kind: str, dedupe: str, by: User | None) -> None:
    """To those who get a mail at once, and to the groups, which are told what one of them reads."""
    for pk, delivery in told:
        if delivery == Delivery.NOW:
            _owe_mail(pk, dedupe, by)
    if told:
        owe_webhooks(kind, dedupe, told[0][0], by=by)


def _owe_mail(user: int, dedupe: str, by: User | None) -> None:
    key = f"{user}:{dedupe}"
    owe_work(MAIL, f"{MAIL}:{key}"[:200], {"user": user, "dedupe": dedupe}, by=by)


def mail_notice(notice: Notice, *, by: None = None) -> None:
    """Send it in the reader's language. The same Message-ID on a repeat: the mailbox shows it once."""
    if notice.mailed_at or not can_be_mailed(notice.user):
        return
    with override(notice.user.locale):
        message = letter([notice], subject=notice.title, key=f"notice-{notice.pk}")
    message.send()
    with acting(by, "notice.mailed"):
        notice.mailed_at = timezone.now()
        notice.save(update_fields=["mailed_at"])


def can_be_mailed(user: User) -> bool:
    """Not any more, where the account was closed or the address taken out meanwhile."""
    return user.is_active and bool(user.email)


def read_notice(notice: Notice, *, by: User) -> None:
    with acting(by, "notice.read"):
        Notice.objects.filter(pk=notice.pk, user=by, read_at=None).update(read_at=timezone.now())


def read_notices(*, by: User) -> None:
    with acting(by, "notice.read"):
        Notice.objects.filter(user=by, read_at=None).update(read_at=timezone.now())
