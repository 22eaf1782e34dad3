"""Whom somebody may mention, as the list under the box offers them."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Model, Q

from riskhub.accounts.models import User
from riskhub.files.speaking import discussion_of

MOST = 8


@dataclass(frozen=True)
class Person:
    """`written` is what stands behind the @: the displayed name, or the user name where two share it."""

    user: User
    written: str


def people_to_mention(row: Model, words: str, *, by: User) -> list[Person]:
    """Of those who see the row; two queries."""
    people = discussion_of(row).onlookers(row).exclude(pk=by.pk)
    words = words.strip()[:60]
    if words:
        people = people.filter(Q(username__icontains=words) | Q(display_name__icontains=words))
    found = list(people.order_by("display_name", "pk")[:MOST])
    names = [user.display_name for user in found]
    shared = Counter(
        discussion_of(row).onlookers(row).filter(display_name__in=names)
        .values_list("display_name", flat=True)
    )  # fmt: skip
    return [Person(user, _written(user, shared[user.display_name])) for user in found]


def _written(user: User, bearers: int) -> str:
    return user.username if bearers > 1 or not user.display_name else user.display_name
