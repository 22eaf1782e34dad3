"""How long it stays known who complained, and files stay."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from incidents.complaints.retention import KEYS
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.company.preferences import preferences
from riskhub.company.services import set_preference

LEAST_DAYS = {
    "contact_kept_days": 30,
    "removed_files_kept_days": 1,
    "incident_files_kept_days": 365,
}
MOST_DAYS = 36_500
"""A hundred years."""


def set_retention(
    *,
    by: User,
    contact_kept_days: int,
    removed_files_kept_days: int,
    incident_files_kept_days: int | None,
) -> None:
    """Only what changed is written down; None keeps files of incidents for good."""
    values = {
        "contact_kept_days": contact_kept_days,
        "removed_files_kept_days": removed_files_kept_days,
        "incident_files_kept_days": incident_files_kept_days,
    }
    with acting(by, "company.setting_changed"):
        for key, days in values.items():
            if days is not None and not LEAST_DAYS[key] <= days <= MOST_DAYS:
                words = _("From %(least)d to %(most)d days.")
                raise ValidationError({key: words % {"least": LEAST_DAYS[key], "most": MOST_DAYS}})
        kept = preferences(*KEYS)
        for key, days in values.items():
            if kept[key] != days:
                set_preference(key, days, by=by)
