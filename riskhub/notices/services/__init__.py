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
from riskhub.notices.services.webhooks import (
    HOOK,
    create_webhook,
    edit_webhook,
    remove_webhook,
    reseal_webhooks,
    send_webhook,
    try_webhook,
)

__all__ = [
    "DIGEST",
    "HOOK",
    "MAIL",
    "Addressee",
    "chosen_by",
    "create_webhook",
    "derive_digests",
    "digest_hour",
    "edit_webhook",
    "last_time",
    "mail_digest",
    "mail_notice",
    "notify",
    "notify_found",
    "read_notice",
    "read_notices",
    "remove_webhook",
    "reseal_webhooks",
    "send_webhook",
    "subscribe",
    "tell_mentioned",
    "try_webhook",
]
