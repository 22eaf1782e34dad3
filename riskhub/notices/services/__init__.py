from riskhub.notices.services.digests import (
    DIGEST,
    derive_digests,
    last_time,
    mail_digest,
)
from riskhub.notices.services.notices import (
    MAIL,
    Addressee,
    mail_notice,
    notify,
    notify_found,
    read_notice,
    read_notices,
    tell_mentioned,
)
from riskhub.notices.services.subscriptions import (
    chosen_by,
    digest_hour,
    subscribe,
)

__all__ = [
    "DIGEST",
    "MAIL",
    "Addressee",
    "chosen_by",
    "derive_digests",
    "digest_hour",
    "last_time",
    "mail_digest",
    "mail_notice",
    "notify",
    "notify_found",
    "read_notice",
    "read_notices",
    "subscribe",
    "tell_mentioned",
]
