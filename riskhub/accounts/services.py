"""People, departments and the roles that join them."""

import hashlib
import secrets
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from riskhub.accounts.models import Department, RoleAssignment, Token, User
from riskhub.audit.context import acting


def create_department(
    *,
    by: User | None,
    code: str,
    name_zh: str,
    name_en: str = "",
    kind: str = "business",
    parent: Department | None = None,
) -> Department:
    with acting(by, "department.created"):
        department = Department(
            code=code, name_zh=name_zh, name_en=name_en, kind=kind, parent=parent
        )
        department.full_clean(exclude=["path"])
        department.save()
        department.path = f"{parent.path if parent else '/'}{department.pk}/"
        department.save(update_fields=["path"])
        return department


def create_user(
    *,
    by: User | None,
    username: str,
    display_name: str,
    password: str | None = None,
    email: str = "",
    department: Department | None = None,
    locale: str = "zh-hans",
) -> User:
    with acting(by, "user.created"):
        user = User(
            username=username,
            display_name=display_name,
            email=email,
            department=department,
            locale=locale,
        )
        user.set_password(password)
        user.full_clean()
        user.save()
        return user


def assign_role(
    user: User,
    *,
    by: User | None,
    role: str,
    department: Department | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> RoleAssignment:
    """`valid_until` is the first day on which the role no longer holds."""
    with acting(by, "role.assigned"):
        assignment = RoleAssignment(
            user=user,
            role=role,
            department=department,
            valid=DateRange(valid_from or timezone.localdate(), valid_until),
        )
        assignment.full_clean()
        present = RoleAssignment.objects.filter(user=user, role=role, department=department)
        if present.filter(valid__overlap=assignment.valid).exists():
            raise ValidationError(_("This person holds the role at that time already."))
        assignment.save()
        return assignment


def set_password(user: User, *, by: User, password: str) -> None:
    """Sessions of this person elsewhere end with the old password."""
    with acting(by, "user.password_set"):
        user.set_password(password)
        user.save(update_fields=["password"])


def set_language(user: User, *, by: User, locale: str) -> None:
    with acting(by, "user.language_changed"):
        user.locale = locale
        user.save(update_fields=["locale"])


def set_theme(user: User, *, by: User, theme: str) -> None:
    with acting(by, "user.theme_changed"):
        user.theme = theme
        user.save(update_fields=["theme"])


def create_token(
    user: User, *, by: User | None, name: str, expires_at: datetime | None = None
) -> str:
    """The key itself, shown this one time; only its hash is kept."""
    with acting(by, "token.created"):
        key = secrets.token_urlsafe(32)
        token = Token(user=user, name=name, token_hash=hash_token(key), expires_at=expires_at)
        token.full_clean()
        token.save()
        return key


def revoke_token(token: Token, *, by: User) -> None:
    with acting(by, "token.revoked"):
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])


def hash_token(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
