"""People, departments, the roles that join them, and keys for programs."""

from riskhub.accounts.models.delegation import ApprovalDelegation
from riskhub.accounts.models.department import Department
from riskhub.accounts.models.role import RoleAssignment, always
from riskhub.accounts.models.token import Token
from riskhub.accounts.models.user import User

__all__ = ["ApprovalDelegation", "Department", "RoleAssignment", "Token", "User", "always"]
