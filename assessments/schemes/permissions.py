"""Who writes the matrix, who decides on it, who reads it: for the whole company, or not at all."""

from assessments.choices import EDITED_SCHEME_STATES, SchemeState
from assessments.models import MatrixScheme
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User


def can_edit_schemes(user: User) -> bool:
    """The matrix is the whole company's."""
    return user.roles.everywhere(Role.RISK_MANAGER)


def can_read_schemes(user: User) -> bool:
    """Who writes the matrix, who decides on it, and the auditor."""
    return (
        can_edit_schemes(user)
        or user.roles.everywhere(Role.AUDITOR)
        or user.deciding_roles.everywhere(Role.APPROVER)
    )


def can_edit_scheme(user: User, scheme: MatrixScheme) -> bool:
    return scheme.state in EDITED_SCHEME_STATES and can_edit_schemes(user)


def can_decide_schemes(user: User) -> bool:
    """Decides on matrices, if not on this one."""
    return user.deciding_roles.everywhere(Role.APPROVER)


def can_decide_scheme(user: User, scheme: MatrixScheme) -> bool:
    """An approver who wrote nothing of it and did not hand it in."""
    return (
        scheme.state == SchemeState.SUBMITTED
        and not is_own_scheme(user, scheme)
        and deciding_scheme_as(user, scheme) is not None
    )


def deciding_scheme_as(user: User, scheme: MatrixScheme) -> int | None:
    """By whose right: their own, or of one they stand in for who is not involved."""
    return user.acts_as(None, Role.APPROVER, but=involved_in_scheme(scheme))


def involved_in_scheme(scheme: MatrixScheme) -> set[int | None]:
    """Who wrote in it or handed it in: neither they nor their stand-ins decide."""
    return {*scheme.authors.values_list("user", flat=True), scheme.submitted_by_id}


def is_own_scheme(user: User, scheme: MatrixScheme) -> bool:
    return user.pk in involved_in_scheme(scheme)
