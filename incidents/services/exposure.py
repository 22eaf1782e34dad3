"""Orders per month are written down: one figure for each service line and month, corrected in place."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from incidents.models import ExposureMonth
from incidents.models.exposure import BY_HAND
from registers.models import ServiceLine
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_version, save_fields


def enter_exposure(
    line: ServiceLine, month: date, *, by: User, orders: int, care_days: int | None = None,
    staff_days: int | None = None,
) -> ExposureMonth:  # fmt: skip
    """Raises ValidationError where that month has its figure already: it is corrected there."""
    with acting(by, "exposure.entered"):
        entered, is_new = ExposureMonth.objects.get_or_create(
            service_line=line, month=month.replace(day=1),
            defaults={"orders": orders, "care_days": care_days, "staff_days": staff_days},
        )  # fmt: skip
        if not is_new:
            words = _("This month has %(orders)s orders already. Correct them in the list.")
            raise ValidationError({"month": words % {"orders": entered.orders}})
        return entered


def correct_exposure(
    exposure: ExposureMonth, *, by: User, version: int | None, orders: int,
    care_days: int | None = None, staff_days: int | None = None,
) -> ExposureMonth:  # fmt: skip
    """From now on a figure that somebody typed. Raises StaleVersion."""
    with acting(by, "exposure.corrected"):
        stored = lock_version(exposure, version)
        return save_fields(
            stored, orders=orders, care_days=care_days, staff_days=staff_days, origin=BY_HAND
        )
