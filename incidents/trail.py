"""The words of the audit events of this package."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from incidents.models import ComplaintCategory, IncidentKind
from riskhub.oversight.words import name_fields, name_kinds

KINDS: dict[type[models.Model], StrPromise] = {
    ComplaintCategory: _("Complaint category"),
    IncidentKind: _("Incident kind"),
}
FIELDS = {
    "default_risks": _("Usual risks"),
    "offers": _("Usual offers"),
    "parent": _("Belongs to"),
    "severity": _("Severity"),
}


def name_trail() -> None:
    name_kinds(KINDS)
    name_fields(FIELDS)
