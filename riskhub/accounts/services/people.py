"""Those who sign in."""

from typing import Any

from axes.models import AccessAttempt
from django.utils import timezone

from riskhub.accounts.models import Department, User
from riskhub.accounts.services.departments import check_heads
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row, lock_version, save_fields


def create_user(
    *,
    by: User | None,
    username: str,
    display_name: str,
    password: str | None = None,
    email: str = "",
    phone: str = "",
    department: Department | None = None,
    locale: str = "zh-hans",
) -> User:
    with acting(by, "user.created"):
        user = User(
            username=username,
            display_name=display_name,
            email=email,
            phone=phone,
            department=department,
            locale=locale,
        )
        user.set_password(password)
        user.full_clean()
        user.save()
        return user


def edit_user(user: User, *, by: User, version: int | None, **fields: Any) -> User:  # noqa: ANN401 - model fields
    """Change what was given; raises StaleVersion when somebody saved since `version` was read."""
    with acting(by, "user.edited"):
        stored = lock_version(user, version)
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.full_clean(exclude=["password"])
        save_fields(stored, **fields)
        if "department" in fields:
            check_heads()
        return stored


def make_sign_in_link(user: User, *, by: User) -> User:
    """A link of before no longer works; the password does, until the new link is used."""
    with acting(by, "user.link_made"):
        stored = lock_row(user)
        stored.link_made_at = timezone.now()
        stored.save(update_fields=["link_made_at"])
        return stored


def set_password(user: User, *, by: User, password: str) -> None:
    """Sessions of this person elsewhere end with the old password, and so do locks for wrong ones."""
    with acting(by, "user.password_set"):
        user.set_password(password)
        user.save(update_fields=["password"])
        AccessAttempt.objects.filter(username__iexact=user.username).delete()


def set_language(user: User, *, by: User, locale: str) -> None:
    with acting(by, "user.language_changed"):
        user.locale = locale
        user.save(update_fields=["locale"])


def set_theme(user: User, *, by: User, theme: str) -> None:
    with acting(by, "user.theme_changed"):
        user.theme = theme
        user.save(update_fields=["theme"])
