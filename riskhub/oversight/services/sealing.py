"""Seal what was committed, and let the head hash leave the house."""

from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.audit import services as audit
from riskhub.audit.chain import head_hash
from riskhub.audit.context import acting
from riskhub.work.models import Work
from riskhub.work.services import owe_work

BATCH = 10_000
MOST_BATCHES = 100
HEAD_MAIL = "audit.head_mail"


def seal_all(*, by: None = None) -> int:
    """Seal everything that is committed, batch by batch; each batch is a transaction of its own."""
    del by
    sealed = 0
    for _n in range(MOST_BATCHES):
        batch = audit.seal_events(BATCH)
        sealed += batch
        if batch < BATCH:
            break
    return sealed


def derive_head_mails(*, by: None = None) -> None:
    """Owe each auditor the head hash of the day: what left the house cannot be rewritten in it."""
    with acting(by, f"{HEAD_MAIL}.owed"):
        day = timezone.localdate().isoformat()
        auditors = User.objects.holding(Role.AUDITOR).exclude(email="")
        keys = {f"{HEAD_MAIL}:{day}:{user.pk}": user.pk for user in auditors}
        owed = Work.objects.filter(dedupe__in=keys).values_list("dedupe", flat=True)
        for key in keys.keys() - set(owed):
            owe_work(HEAD_MAIL, key, {"user": keys[key], "day": day}, by=by)


def mail_head(user: User, day: str, *, by: None = None) -> None:
    """At least once, under the same Message-ID."""
    del by
    seal_all()
    with override(user.locale):
        message = EmailMessage(
            subject=_("RiskHub audit log, %(day)s") % {"day": day},
            body=_(
                "Head hash of the audit log on %(day)s:\n\n%(hash)s\n\n"
                "Keep this message. Whoever rewrites the log later cannot get this hash again.\n"
            )
            % {"day": day, "hash": head_hash()},
            to=[user.email],
        )
    message.extra_headers["Message-ID"] = f"<audit-{day}-{user.pk}@riskhub>"
    message.send()
