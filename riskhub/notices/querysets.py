from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Min
from django.db.models.functions import Coalesce

from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.notices.choices import Delivery
from riskhub.notices.topics import FIRST_HOUR

if TYPE_CHECKING:
    from riskhub.notices.models import Notice, Webhook  # noqa: F401 - named in quotes


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> Self:
        """One's own."""
        return self.filter(user=user)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def gathered(self) -> Self:
        """For a daily mail, and in none yet."""
        return self.filter(delivery=Delivery.DIGEST, digest_on=None)

    def gathered_for(self) -> "models.QuerySet[Notice, tuple[int, int, datetime]]":
        """(person, the hour of their daily mail, the oldest that waits for it) of each who works here."""
        hour = Coalesce(F("user__digest_time__hour"), FIRST_HOUR)
        return (
            self.gathered()
            .filter(user__is_active=True)
            .values("user")
            .annotate(hour=hour, first=Min("created_at"))
            .values_list("user", "hour", "first")
        )


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visible_to(self, user: User) -> Self:
        """Who keeps the company's settings sees all of them."""
        return self if user.roles.everywhere(Role.ADMIN) else self.none()

    def of_topic(self, topic: str) -> Self:
        return self.filter(topics__contains=[topic])
