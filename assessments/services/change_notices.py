"""Who hears of a process change: those who decide on it, and whoever filed it."""

from assessments.models import ProcessChange
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.notices.services import notify


def tell_managers(change: ProcessChange, *, by: User) -> None:
    """It waits for the risk managers of its department; whoever handed it in knows."""
    with acting(by, "notice.sent"):
        managers = User.objects.holding(Role.RISK_MANAGER)
        notify(
            [
                one
                for one in managers
                if one != by and one.roles.covers(change.department_id, Role.RISK_MANAGER)
            ],
            by=by,
            kind="change_submitted",
            params={"change": change.code, "title": change.names, "name": str(by)},
            url=change.get_absolute_url(),
            dedupe=f"change_submitted:{change.pk}",
        )


def tell_filer(change: ProcessChange, *, by: User) -> None:
    """Of a step that somebody else took: it is ready, live, or cancelled."""
    with acting(by, "notice.sent"):
        filer = change.requested_by
        params = {"change": change.code, "title": change.names}
        notify(
            [filer] if filer != by else [],
            by=by,
            kind=f"change_{change.state}",
            params=params
            | ({"reason": change.cancelled_reason} if change.cancelled_reason else {}),
            url=change.get_absolute_url(),
            dedupe=f"change_{change.state}:{change.pk}",
        )


def tell_postponed(change: ProcessChange, *, by: User, reason: str) -> None:
    """Whoever filed it reads when and why."""
    with acting(by, "notice.sent"):
        filer = change.requested_by
        notify(
            [filer] if filer != by else [],
            by=by,
            kind="change_postponed",
            params={"change": change.code, "title": change.names, "reason": reason},
            url=change.get_absolute_url(),
            dedupe=f"change_postponed:{change.pk}:{change.planned_on}",
        )
