"""Somebody decides in the name of another for a time; both hear of it."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from riskhub.accounts.choices import LENT, Role
from riskhub.accounts.delegation_news import tell
from riskhub.accounts.models import ApprovalDelegation, User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row

LONGEST = 366
"""Days. Whoever is away for longer gives the role to somebody else."""


def delegate_decisions(
    from_user: User, to_user: User, *, by: User, begins_on: date, last_on: date, reason: str
) -> ApprovalDelegation:
    """From the first to the last day. The roles are those that `from_user` has on the day of deciding."""
    with acting(by, "delegation.made", reason):
        lock_row(from_user)
        if objection := delegate_objection(from_user, to_user):
            raise ValidationError({"to_user": objection})
        _check_days(begins_on, last_on)
        made = ApprovalDelegation(
            from_user=from_user, to_user=to_user, reason=reason,
            period=DateRange(begins_on, last_on + timedelta(days=1)),
        )  # fmt: skip
        made.full_clean()
        _check_free(made)
        made.save()
        tell(made, by=by)
        return made


def revoke_delegation(delegation: ApprovalDelegation, *, by: User) -> ApprovalDelegation:
    """From now on; what was decided stays decided."""
    with acting(by, "delegation.ended"):
        stored: ApprovalDelegation = lock_row(delegation)
        if not stored.is_open:
            raise ValidationError(_("This has ended already."))
        stored.revoked_at = timezone.now()
        stored.save(update_fields=["revoked_at"])
        tell(stored, by=by)
        return stored


def delegate_objection(from_user: User, to_user: User) -> str:
    """Why the one may not stand in for the other, in a sentence; empty where they may."""
    if not from_user.roles.has(*LENT):
        words = _("%(name)s holds no role by which decisions are taken.")
        return words % {"name": from_user}
    if from_user.pk == to_user.pk:
        return _("Choose somebody else: nobody stands in for themselves.")
    if not to_user.is_active:
        return _("The account of %(name)s is closed. Choose somebody else.") % {"name": to_user}
    if to_user.roles.has(Role.AUDITOR):
        return _("%(name)s audits what is decided here. Choose somebody else.") % {"name": to_user}
    return ""


def _check_days(begins_on: date, last_on: date) -> None:
    if begins_on < timezone.localdate():
        raise ValidationError({"begins_on": _("It begins today or later.")})
    if last_on < begins_on:
        raise ValidationError({"last_on": _("The last day lies before the first one.")})
    if (last_on - begins_on).days >= LONGEST:
        words = _("A year at most. For longer, have the administrator give somebody the role.")
        raise ValidationError({"last_on": words})


def _check_free(made: ApprovalDelegation) -> None:
    others = ApprovalDelegation.objects.filter(from_user=made.from_user, revoked_at=None)
    other = others.filter(period__overlap=made.period).select_related("to_user").first()
    if other:
        words = _("%(name)s stands in from %(first)s to %(last)s already. End that first.")
        facts = {"first": other.begins_on.isoformat(), "last": other.last_on.isoformat()}
        raise ValidationError(words % {"name": other.to_user, **facts})
