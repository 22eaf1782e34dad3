"""How long contacts and files are kept, in words."""

from django.utils.translation import gettext as _

from incidents.complaints.telling import kept_for
from riskhub.company.preferences import preferences

KEYS = ("contact_kept_days", "removed_files_kept_days", "incident_files_kept_days")


def retention_told() -> list[tuple[str, str]]:
    kept = preferences(*KEYS)
    of_incidents = kept["incident_files_kept_days"]
    return [
        (_("Contacts and photos of complaints"), kept_for(kept["contact_kept_days"])),
        (_("Files of incidents"), kept_for(of_incidents) if of_incidents else _("for good")),
        (_("Files that were taken out of view"), kept_for(kept["removed_files_kept_days"])),
    ]
