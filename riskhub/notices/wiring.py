from django.utils.translation import gettext_lazy as _

from riskhub.accounts.models import User
from riskhub.notices.models import Notice
from riskhub.notices.services import MAIL
from riskhub.notices.work import mail_owed
from riskhub.web.navigation import add_entry
from riskhub.work.registry import register_kind


def wire() -> None:
    register_kind(MAIL, mail_owed, _("Mail about a notice"))
    add_entry("top", "notices:notice_list", _("Notices"), icon="bell", count=how_many_unread)


def how_many_unread(user: User) -> int:
    return Notice.objects.visible_to(user).unread().count()
