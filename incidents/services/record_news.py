"""Who brought records hears what became of them: they need not wait in front of the page."""

from typing import Any

from assessments.services.imports.news import tell_uploader
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.imports.models import ImportRun


def tell_records_applied(run: ImportRun, *, by: User) -> None:
    _tell(run, "records_applied", by=by, created=run.outcomes["create"])


def tell_records_failed(run: ImportRun, *, by: User) -> None:
    """Each try of its own."""
    _tell(run, "import_failed", by=by, key=f":{run.row_version}")


def tell_records_undone(run: ImportRun, *, by: User) -> None:
    """Where another person took them back."""
    if run.made_by != by:
        _tell(run, "import_undone", by=by, name=by.display_name, reason=run.undone_reason)


def _tell(run: ImportRun, kind: str, *, by: User, **params: Any) -> None:  # noqa: ANN401 - of any sentence
    with acting(by, "notice.sent"):
        tell_uploader(run, kind, by=by, page="incidents:record_import_detail", **params)
