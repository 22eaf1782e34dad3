"""One mail a day about what can wait: gathered when somebody's hour is over, and sent once."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import ngettext, override

from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.company.preferences import company_zone
from riskhub.entry.day_words import day as day_words
from riskhub.notices.letters import letter
from riskhub.notices.models import Notice
from riskhub.notices.services.notices import can_be_mailed
from riskhub.work.services import owe_work

DIGEST = "notice.digest"


def derive_digests(*, by: None = None) -> None:
    """Owe a mail to each whose hour has come since the oldest notice that waits for one."""
    with acting(by, f"{DIGEST}.owed"):
        now = timezone.localtime(timezone=company_zone())
        for user, hour, first in Notice.objects.gathered_for():
            closes_at = last_time(hour, now)
            if first < closes_at:
                _gather(user, closes_at, by)


def last_time(hour: int, now: datetime) -> datetime:
    """When it last was that hour, in the zone of `now`."""
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def _gather(user: int, closes_at: datetime, by: None) -> None:
    """At most one a day: what came before another hour was chosen goes with the next."""
    day = closes_at.date()
    if owe_work(DIGEST, f"{DIGEST}:{user}:{day}", {"user": user, "day": day.isoformat()}, by=by):
        waiting = Notice.objects.gathered().filter(user=user, created_at__lt=closes_at)
        waiting.update(digest_on=day)


def mail_digest(user: User, day: date, *, by: None = None) -> None:
    """What was read meanwhile is left out. The same Message-ID on a repeat."""
    gathered = Notice.objects.filter(user=user, digest_on=day, mailed_at=None, read_at=None)
    notices = list(gathered.select_related("user").order_by("id"))
    if not notices or not can_be_mailed(user):
        return
    with override(user.locale):
        message = letter(
            notices, subject=_subject(notices, day), key=f"digest-{user.pk}-{day}", is_daily=True
        )
    message.send()
    with acting(by, "notice.mailed"):
        gathered.filter(pk__in=[one.pk for one in notices]).update(mailed_at=timezone.now())


def _subject(notices: list[Notice], day: date) -> str:
    if len(notices) == 1:
        return notices[0].title
    words = ngettext("%(count)d notice, %(day)s", "%(count)d notices, %(day)s", len(notices))
    return words % {"count": len(notices), "day": day_words(day)}
