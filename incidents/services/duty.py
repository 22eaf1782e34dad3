"""Who is told first, where they are called, and what may be offered without asking."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.company.preferences import preferences
from riskhub.company.services import set_preference

KEYS = ("duty_manager", "duty_phone", "offer_authority", "offer_answer_days")


def set_duty(
    *, by: User, duty_manager: User | None, duty_phone: str, offer_authority: Mapping[str, int],
    offer_answer_days: int,
) -> None:  # fmt: skip
    """Only what changed is written down. Offers that wait keep the limit under which they were made."""
    with acting(by, "company.setting_changed"):
        if duty_manager is not None and not duty_manager.is_active:
            raise ValidationError({"duty_manager": _("Name somebody who can sign in.")})
        if min(offer_authority.values()) < 0:
            raise ValidationError(_("No amount is below 0."))
        values: dict[str, Any] = {
            "duty_manager": duty_manager and duty_manager.pk, "duty_phone": duty_phone,
            "offer_authority": dict(offer_authority), "offer_answer_days": offer_answer_days,
        }  # fmt: skip
        kept = preferences(*KEYS)
        for key, value in values.items():
            if kept[key] != value:
                set_preference(key, value, by=by)
