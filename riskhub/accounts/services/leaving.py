"""Closing an account: everything open goes to somebody else first, in the same transaction."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.choices import Role
from riskhub.accounts.closing import Blocker
from riskhub.accounts.leaving import Heirs, Holding, holdings_of, keepers, leaving_blockers
from riskhub.accounts.models import Department, User
from riskhub.accounts.services.departments import check_heads
from riskhub.accounts.services.roles import lock_administrators, require_administrator_besides
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row, save_fields

OWN_ACCOUNT = _("Nobody closes their own account. Another administrator can.")


class StillHolds(Exception):  # noqa: N818 - reads as what it says
    """Something would stay behind without an owner, or nobody else can do it."""

    def __init__(self, holdings: list[Holding], blockers: list[Blocker]) -> None:
        self.holdings, self.blockers = holdings, blockers
        super().__init__(f"{len(holdings)} groups, {len(blockers)} blockers")


def deactivate_user(
    user: User, *, by: User, heirs: Mapping[str, Heirs] | None = None, reason: str = ""
) -> User:
    """Hand over, then close: sessions, links and API keys end. Raises StillHolds where anything is left.

    Whoever gives something to this person meanwhile waits for the end of it, and is refused.
    """
    with acting(by, "user.deactivated", reason):
        lock_administrators()
        stored = lock_row(user)
        _check_may_leave(stored, by)
        for keeper in keepers():
            if theirs := (heirs or {}).get(keeper.kind):
                keeper.hand_over(theirs, by=by)
        left, blockers = holdings_of(stored), leaving_blockers(stored)
        if left or blockers:
            raise StillHolds(left, blockers)
        stored.tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
        series = stored.session_series + 1
        return save_fields(stored, is_active=False, session_series=series)


def reactivate_user(user: User, *, by: User) -> User:
    """They sign in anew; their roles hold again on the days that they have."""
    with acting(by, "user.reactivated"):
        stored = lock_row(user)
        if stored.is_active:
            raise ValidationError(_("This account is open already."))
        return save_fields(stored, is_active=True)


def hand_over_departments(heirs: Heirs, *, by: User) -> None:
    """Another head for each, or none for now."""
    with acting(by, "department.handed_over"):
        for department in (
            Department.objects.select_for_update().filter(pk__in=heirs).order_by("pk")
        ):
            save_fields(department, head=heirs[department.pk])
        check_heads()


def _check_may_leave(user: User, by: User) -> None:
    if not user.is_active:
        raise ValidationError(_("This account is closed already."))
    if user.pk == by.pk:
        raise ValidationError(OWN_ACCOUNT)
    if user.role_assignments.current().filter(role=Role.ADMIN, department=None).exists():
        require_administrator_besides(user)
