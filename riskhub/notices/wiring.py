from django.utils.translation import gettext_lazy as _

from riskhub.accounts.models import User
from riskhub.notices.models import Notice
from riskhub.notices.permissions import can_keep_webhooks
from riskhub.notices.services import DIGEST, HOOK, MAIL, derive_digests
from riskhub.notices.work import digest_owed, mail_owed, webhook_owed
from riskhub.web.navigation import SETTINGS, add_entry
from riskhub.work.registry import register_deriver, register_kind


def wire() -> None:
    register_kind(MAIL, mail_owed, _("Mail about a notice"))
    register_kind(DIGEST, digest_owed, _("Daily mail of notices"))
    register_kind(HOOK, webhook_owed, _("Message to a group"))
    register_deriver(derive_digests)
    add_entry(SETTINGS, "notices:webhook_list", _("Groups"), order=45, allowed=can_keep_webhooks)
    add_entry("menu", "notices:subscription_edit", _("My notices"), order=50)
    add_entry("top", "notices:notice_list", _("Notices"), icon="bell", count=how_many_unread)


def how_many_unread(user: User) -> int:
    return Notice.objects.visible_to(user).unread().count()
