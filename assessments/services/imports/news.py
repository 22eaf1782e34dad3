"""Who hears of an import: who uploaded the file, and those who may confirm what it brought."""

from django.urls import reverse

from assessments.choices import Method
from assessments.models import Assessment
from assessments.people import CONFIRMERS
from assessments.querysets import AssessmentQuerySet
from registers.models import Register
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.imports.models import ImportRun
from riskhub.notices.services import notify


def tell_applied(run: ImportRun, register: Register, *, by: User | None) -> None:
    with acting(by, "notice.sent"):
        tell_uploader(run, "import_applied", by=by, created=run.outcomes["create"])
        waiting = waiting_assessments(register)
        departments = set(waiting.values_list("risk__owner_department_id", flat=True))
        notify(
            _confirmers(departments, without=by),
            by=by,
            kind="import_waiting",
            params={"count": waiting.count(), "register": register.code},
            url=reverse("assessments:assessment_confirm"),
            dedupe=f"import_waiting:{run.pk}",
        )


def tell_failed(run: ImportRun, *, by: User | None) -> None:
    with acting(by, "notice.sent"):
        tell_uploader(run, "import_failed", by=by, key=f":{run.row_version}")


def tell_undone(run: ImportRun, *, by: User) -> None:
    """Who uploaded the file hears that another person took it back."""
    if run.made_by and run.made_by != by:
        with acting(by, "notice.sent"):
            tell_uploader(
                run, "import_undone", by=by, name=by.display_name, reason=run.undone_reason
            )


def waiting_assessments(register: Register) -> AssessmentQuerySet:
    """What files brought into this register and nobody has confirmed yet."""
    return Assessment.objects.filter(risk__register=register, method=Method.IMPORT).waiting()


def tell_uploader(
    run: ImportRun, kind: str, *, by: User | None, page: str = "assessments:import_detail",
    key: str = "", **params: object,
) -> None:  # fmt: skip
    notify(
        [run.made_by] if run.made_by else [],
        by=by,
        kind=kind,
        params={"file": run.file.filename, **params},
        url=reverse(page, args=[run.pk]),
        dedupe=f"{kind}:{run.pk}{key}",
    )


def _confirmers(departments: set[int], *, without: User | None) -> list[User]:
    """Those with the right for one of the departments, less the importer."""
    if not departments:
        return []
    return [
        user
        for user in User.objects.deciding_by(*CONFIRMERS)
        if user != without
        and any(user.deciding_roles.covers(one, *CONFIRMERS) for one in departments)
    ]
