"""What is over stays as it is: each step that finds something out about an incident begins here."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from incidents.models import Incident
from riskhub.audit.versions import lock_version


class IncidentOver(ValidationError):  # noqa: N818 - reads as what it says
    """What is closed, or was reported twice, stays as it is."""

    def __init__(self) -> None:
        super().__init__(_("This incident is over: what was found out about it stays."))


def lock_open(incident: Incident, version: int | None = None) -> Incident:
    """Raises IncidentOver, and StaleVersion where somebody saved since `version` was read."""
    stored = lock_version(incident, version)
    if stored.is_over:
        raise IncidentOver
    return stored
