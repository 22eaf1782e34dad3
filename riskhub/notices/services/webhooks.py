"""The robots of the company: who may be told, what is owed to each, and that it arrives once."""

import json
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.services import note_event
from riskhub.audit.versions import lock_row
from riskhub.notices.letters import one_line, public_address
from riskhub.notices.models import Notice, Webhook
from riskhub.notices.topics import topic_of
from riskhub.notices.webhooks.headlines import headline_of
from riskhub.notices.webhooks.robots import checked, deliver, hint_of
from riskhub.notices.webhooks.wire import NotSent
from riskhub.personal.columns import LOST
from riskhub.work.services import owe_work

HOOK = "notice.webhook"


def create_webhook(
    *, by: User, name: str, robot: str, address: str, topics: Collection[str],
    signing_key: str = "", locale: str = "zh-hans",
) -> Webhook:  # fmt: skip
    """Raises ValidationError for an address that is none of such a robot."""
    checked(robot, address, signing_key)
    with acting(by, "webhook.created"):
        webhook = Webhook(
            name=name, robot=robot, locale=locale, topics=sorted(topics), hint=hint_of(address),
            secret=json.dumps({"address": address, "signing_key": signing_key}),
        )  # fmt: skip
        webhook.full_clean()
        webhook.save()
        return webhook


def edit_webhook(
    webhook: Webhook, *, by: User, name: str, locale: str, topics: Collection[str],
    address: str = "", signing_key: str = "",
) -> Webhook:  # fmt: skip
    """Without an address the kept one stays, with its key. Raises ValidationError as for a new one."""
    if signing_key and not address:
        words = _("The key goes with an address: type both.")
        raise ValidationError({"address": words})
    if address:
        checked(webhook.robot, address, signing_key)
    with acting(by, "webhook.edited"):
        stored = lock_row(webhook)
        stored.name, stored.locale, stored.topics = name, locale, sorted(topics)
        changed = ["name", "locale", "topics"]
        if address:
            stored.hint = hint_of(address)
            stored.secret = json.dumps({"address": address, "signing_key": signing_key})
            changed += ["hint", "secret"]
        stored.full_clean(exclude={"secret"})
        stored.save(update_fields=changed)
        return stored


def remove_webhook(webhook: Webhook, *, by: User) -> None:
    """What is still owed to it is not sent any more."""
    with acting(by, "webhook.removed"):
        webhook.delete()


def owe_webhooks(kind: str, dedupe: str, reader: int, *, by: User | None) -> None:
    """Once per event and robot; the words are those of the notice to `reader`, less what was typed."""
    for pk in Webhook.objects.of_topic(topic_of(kind).key).values_list("pk", flat=True):
        payload = {"webhook": pk, "user": reader, "dedupe": dedupe}
        owe_work(HOOK, f"{HOOK}:{pk}:{dedupe}"[:200], payload, by=by)


def send_webhook(webhook: Webhook, notice: Notice, *, by: None = None) -> None:
    """Raises NotSent: then it is tried again."""
    del by
    with override(webhook.locale):
        words = one_line(headline_of(notice.kind, notice.params))
    _say(webhook, f"{words}\n{public_address(notice.url)}")


def try_webhook(webhook: Webhook, *, by: User) -> None:
    """A word to the group, now. Raises ValidationError with what went wrong."""
    with override(webhook.locale):
        words = _("A trial message of RiskHub: this group will be told of notices.")
    try:
        _say(webhook, f"{words}\n{public_address('/')}")
    except NotSent as fault:
        _note_trial(webhook, by, str(fault))
        raise ValidationError(str(fault)) from None
    _note_trial(webhook, by, "")


def _note_trial(webhook: Webhook, by: User, fault: str) -> None:
    note_event(
        by=by, action="webhook.tried", object_type="notices_webhook", object_id=str(webhook.pk),
        label=webhook.name, details={"fault": fault},
    )  # fmt: skip


def _say(webhook: Webhook, text: str) -> None:
    if webhook.secret == LOST:
        raise NotSent(_("The key that sealed its address is missing."))
    kept: dict[str, Any] = json.loads(webhook.secret)
    deliver(webhook.robot, kept["address"], kept["signing_key"], text)


def reseal_webhooks(*, by: User | None) -> tuple[int, list[str]]:
    """With the newest key: how many, and the names of those whose key is missing."""
    with acting(by, "webhook.resealed"):
        found = list(Webhook.objects.select_for_update().order_by("pk"))
        readable = [one for one in found if one.secret != LOST]
        Webhook.objects.bulk_update(readable, ["secret"])
        return len(readable), [one.name for one in found if one.secret == LOST]
