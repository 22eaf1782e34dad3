"""What somebody wants to hear of, and how."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from riskhub.accounts.models import User
from riskhub.accounts.services import set_language
from riskhub.audit.context import acting
from riskhub.notices.models import DigestTime, Subscription
from riskhub.notices.topics import FIRST_HOUR, TOPICS, chosen


def subscribe(
    user: User, *, by: User, deliveries: Mapping[str, str], hour: int, locale: str
) -> None:
    """Each topic as said; one that is not said stays. Raises ValidationError for what is not offered."""
    for topic in TOPICS:
        if deliveries.get(topic.key, topic.usual) not in topic.offered:
            raise ValidationError({topic.key: _("This is not offered here.")})
    with acting(by, "subscription.changed"):
        before = chosen_by(user)
        for key, delivery in deliveries.items():
            if before[key] != delivery:
                Subscription.objects.update_or_create(
                    user=user, topic=key, defaults={"delivery": delivery}
                )
        if hour != digest_hour(user):
            DigestTime.objects.update_or_create(user=user, defaults={"hour": hour})
        if locale != user.locale:
            set_language(user, by=by, locale=locale)


def chosen_by(user: User) -> dict[str, str]:
    """How they hear of each topic."""
    found = Subscription.objects.filter(user=user).values_list("topic", "delivery")
    return {key: str(delivery) for key, delivery in chosen(dict(found)).items()}


def digest_hour(user: User) -> int:
    hour = DigestTime.objects.filter(user=user).values_list("hour", flat=True).first()
    return FIRST_HOUR if hour is None else hour
