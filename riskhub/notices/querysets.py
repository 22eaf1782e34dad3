from typing import TYPE_CHECKING, Self

from django.db import models

from riskhub.accounts.models import User

if TYPE_CHECKING:
    from riskhub.notices.models import Notice  # noqa: F401 - named in quotes


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> Self:
        """One's own."""
        return self.filter(user=user)

    def unread(self) -> Self:
        return self.filter(read_at=None)
