"""Templates of replies: kept, changed, offered no longer; none is deleted."""

from importlib.resources import files
from typing import Any

import yaml
from django.db.models import Max

from incidents.models import ReplyTemplate
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_version, save_fields


def add_reply(*, by: User | None, **fields: Any) -> ReplyTemplate:  # noqa: ANN401 - model fields
    """At the end of the list, where no place is said."""
    with acting(by, "reply.added"):
        last = ReplyTemplate.objects.aggregate(last=Max("order"))["last"] or 0
        reply = ReplyTemplate(**{"order": last + 1, **fields})
        reply.full_clean()
        reply.save(force_insert=True)
        return reply


def edit_reply(
    reply: ReplyTemplate,
    *,
    by: User,
    version: int | None,
    **fields: Any,  # noqa: ANN401 - model fields
) -> ReplyTemplate:
    """Raises StaleVersion when somebody saved since `version` was read."""
    with acting(by, "reply.edited"):
        stored = lock_version(reply, version)
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.full_clean()
        return save_fields(stored, **fields)


def load_replies(*, by: User | None) -> int:
    """Those to begin with, where there are none yet; returns how many are new."""
    if ReplyTemplate.objects.exists():
        return 0
    text = (files("incidents") / "library" / "replies.yaml").read_text("utf-8")
    entries: list[dict[str, Any]] = yaml.safe_load(text)["replies"]
    for entry in entries:
        add_reply(
            by=by, name_zh=entry["name"]["zh"], name_en=entry["name"]["en"],
            text_zh=entry["text"]["zh"], text_en=entry["text"]["en"],
        )  # fmt: skip
    return len(entries)
