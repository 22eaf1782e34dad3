from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from riskhub.entry.columns import Line
from riskhub.notices.choices import Delivery, Robot
from riskhub.notices.kinds import title_of
from riskhub.notices.querysets import NoticeQuerySet, WebhookQuerySet
from riskhub.notices.topics import FIRST_HOUR
from riskhub.personal.columns import Sealed


class Notice(models.Model):
    """One thing told to one person; the same thing is told once (`dedupe`).

    Its words come from `kinds.TITLES` with `params`, so that it is read in the reader’s language.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    dedupe = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    # As its reader had chosen when it was written.
    delivery = models.CharField(
        max_length=6, choices=Delivery.choices, default=Delivery.NOW, db_default=Delivery.NOW
    )
    # The day of the mail that takes it along.
    digest_on = models.DateField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "dedupe"], name="notice_once_per_user")
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_user"),
            models.Index(
                fields=["user", "created_at"], name="notice_gathered",
                condition=models.Q(delivery=Delivery.DIGEST, digest_on=None),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user}: {self.title}"

    @property
    def title(self) -> str:
        """In the active language."""
        return title_of(self.kind, self.params)


class Subscription(models.Model):
    """How somebody wants to hear of a topic, where it is not the usual."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions")
    topic = models.CharField(_("topic"), max_length=20)
    delivery = models.CharField(_("delivery"), max_length=6, choices=Delivery.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="subscription_once_per_topic")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.topic} {self.delivery}"


class DigestTime(models.Model):
    """At which hour of the company's zone somebody's daily mail goes out, where it is not the usual."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="digest_time"
    )
    hour = models.PositiveSmallIntegerField(_("hour of the daily mail"), default=FIRST_HOUR)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(hour__lt=24), name="digest_hour_of_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.hour}"


class Webhook(models.Model):
    """A group that is told by its robot. The address is a key: kept sealed, never shown again."""

    name = Line(_("name"), max_length=60, unique=True)
    robot = models.CharField(_("robot"), max_length=8, choices=Robot.choices)
    # JSON: address and signing_key.
    secret = Sealed()
    # The host and the last signs of the address.
    hint = models.CharField(_("address"), max_length=300)
    locale = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    topics = ArrayField(models.CharField(max_length=20), verbose_name=_("topics"))
    created_at = models.DateTimeField(default=timezone.now)

    objects = WebhookQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
