"""Which files of records somebody sees."""

from incidents.permissions import can_read_record_imports
from incidents.records.kinds import RUNS
from riskhub.accounts.models import User
from riskhub.imports.models import ImportRun
from riskhub.imports.querysets import ImportRunQuerySet


def record_runs_visible_to(user: User) -> ImportRunQuerySet:
    """All for whoever keeps or audits the whole company, none for others."""
    if not can_read_record_imports(user):
        return ImportRun.objects.none()
    return ImportRun.objects.filter(kind__startswith=RUNS).select_related(
        "file", "made_by", "undone_by"
    )
