"""The roles that a user holds today, and the departments they cover."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class RoleSet:
    """`everywhere_roles` hold company-wide; `by_department` maps a role to covered department ids.

    A role on a department covers its children, so the ids already include them.
    """

    everywhere_roles: frozenset[str] = frozenset()
    by_department: dict[str, frozenset[int]] = field(default_factory=dict)

    def everywhere(self, *roles: str) -> bool:
        """Whether one of the roles is held for the whole company."""
        return not self.everywhere_roles.isdisjoint(roles)

    def department_ids(self, *roles: str) -> frozenset[int]:
        """The departments covered by one of the roles, company-wide ones left aside."""
        return frozenset().union(*(self.by_department.get(role, frozenset()) for role in roles))

    def has(self, *roles: str) -> bool:
        """Whether one of the roles is held anywhere at all."""
        return self.everywhere(*roles) or any(role in self.by_department for role in roles)

    def covers(self, department_id: int | None, *roles: str) -> bool:
        """Whether one of the roles is held for this department."""
        return self.everywhere(*roles) or department_id in self.department_ids(*roles)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, int | None]]) -> "RoleSet":
        """From pairs (role, covered department id), the id None where the role holds everywhere."""
        everywhere: set[str] = set()
        departments: dict[str, set[int]] = {}
        for role, department_id in rows:
            if department_id is None:
                everywhere.add(role)
            else:
                departments.setdefault(role, set()).add(department_id)
        return cls(
            frozenset(everywhere), {role: frozenset(ids) for role, ids in departments.items()}
        )
