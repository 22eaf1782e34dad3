"""In a report people are roles, never names."""

from collections.abc import Iterable

from assessments.quarterly.schema import Words
from assessments.quarterly.wording import words
from riskhub.accounts.choices import Role
from riskhub.accounts.models import RoleAssignment

# The first of these that somebody holds is what the report calls them.
_ORDER = [
    Role.APPROVER, Role.RISK_MANAGER, Role.DEPARTMENT_HEAD, Role.FINANCE, Role.AUDITOR,
    Role.CUSTOMER_SERVICE, Role.STAFF, Role.ADMIN,
]  # fmt: skip


def role_words(user_ids: Iterable[int]) -> dict[int, Words]:
    """User id -> the name of their leading role today; whoever holds none is staff."""
    ids = set(user_ids)
    held: dict[int, list[Role]] = {}
    rows = RoleAssignment.objects.current().filter(user__in=ids).values_list("user_id", "role")
    for user_id, role in rows:
        held.setdefault(user_id, []).append(Role(role))
    names = {role: words(role.label) for role in _ORDER}
    return {pk: names[min(held.get(pk, [Role.STAFF]), key=_ORDER.index)] for pk in sorted(ids)}


def delegated(role: Words) -> Words:
    """Where a stand-in decided: the role in whose name."""
    return {"zh": f"{role['zh']}（代）", "en": f"{role['en']} (stand-in)"}
