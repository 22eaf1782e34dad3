from django.utils.translation import gettext_lazy as _

from riskhub.files.services import ERASE, derive_erasing
from riskhub.files.work import erase_owed
from riskhub.work.registry import register_deriver, register_kind


def wire() -> None:
    register_kind(ERASE, erase_owed, _("Removing files whose time is over"))
    register_deriver(derive_erasing)
