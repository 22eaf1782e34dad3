"""Tell people once: in the app at once, by mail through the work table."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from riskhub.accounts.models import User
from riskhub.audit.context import acting, ask_as
from riskhub.files.models import Comment
from riskhub.notices.letters import letter
from riskhub.notices.models import Notice
from riskhub.prepared import Statement
from riskhub.work.services import owe_work

MAIL = "notice.mail"
_TELL_FOUND = """
WITH reader (id, email) AS ({readers}), told AS (
    INSERT INTO notices_notice (user_id, kind, params, url, dedupe, created_at)
    SELECT id, %s, %s::jsonb, %s, %s, %s FROM reader WHERE id IS DISTINCT FROM %s
    ON CONFLICT DO NOTHING RETURNING user_id
)
SELECT id, email FROM told JOIN reader ON id = user_id WHERE email <> ''
"""
_TELL = """
INSERT INTO notices_notice (user_id, kind, params, url, dedupe, created_at)
SELECT reader, %s, %s::jsonb, %s, %s, %s FROM unnest(%s::bigint[]) AS reader
ON CONFLICT DO NOTHING
"""
"""As `bulk_create(ignore_conflicts=True)`, which takes five times as long to say it."""


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
    """One notice per person and `dedupe`, however often it is called; who has an address gets mail."""
    with acting(by, "notice.sent", savepoint=False):
        users = list(users)
        with connection.cursor() as cursor:
            keys = [user.pk for user in users]
            cursor.execute(_TELL, [kind, json.dumps(params), url, dedupe, timezone.now(), keys])
        for user in users:
            if user.email:
                _owe_mail(user.pk, dedupe, by)


def notify_found(
    readers: Statement, *, by: User | None, kind: str, params: dict[str, Any], url: str, dedupe: str
) -> None:
    """As `notify`, within the act of the caller, for those whose key and e-mail a query finds.

    Whoever acts is not told.
    """
    text, values = readers
    said = [kind, json.dumps(params), url, dedupe, timezone.now(), by and by.pk]
    (told,) = ask_as(by, "notice.sent", (_TELL_FOUND.format(readers=text), [*values, *said]))
    for pk, _email in told:
        _owe_mail(pk, dedupe, by)


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


def _owe_mail(user: int, dedupe: str, by: User | None) -> None:
    key = f"{user}:{dedupe}"
    owe_work(MAIL, f"{MAIL}:{key}"[:200], {"user": user, "dedupe": dedupe}, by=by)


def mail_notice(notice: Notice, *, by: None = None) -> None:
    """Send it in the reader's language. The same Message-ID on a repeat: the mailbox shows it once."""
    if notice.mailed_at:
        return
    with override(notice.user.locale):
        message = letter([notice], subject=notice.title, key=f"notice-{notice.pk}")
    message.send()
    with acting(by, "notice.mailed"):
        notice.mailed_at = timezone.now()
        notice.save(update_fields=["mailed_at"])


def read_notice(notice: Notice, *, by: User) -> None:
    with acting(by, "notice.read"):
        Notice.objects.filter(pk=notice.pk, user=by, read_at=None).update(read_at=timezone.now())


def read_notices(*, by: User) -> None:
    with acting(by, "notice.read"):
        Notice.objects.filter(user=by, read_at=None).update(read_at=timezone.now())
