"""What the administrator's home says of people and of what runs behind the pages."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from riskhub.accounts.filters import NO_ROLE
from riskhub.accounts.models import User
from riskhub.entry.day_words import day
from riskhub.oversight.cards import MOST_ROWS, Row, Section, Side
from riskhub.oversight.health import work_health


def people_without_role(user: User) -> Section | None:
    """They can sign in and see nothing."""
    waiting = User.objects.visible_to(user).active().holding_now((), or_none=True)
    count = waiting.count()
    if not count:
        return None
    rows = [
        Row(
            reverse("accounts:person_detail", args=[person.pk]),
            str(person),
            "user-circle",
            meta=[person.username, *([person.department.name] if person.department else [])],
            fact=_("since %(day)s") % {"day": day(person.date_joined)},
            action=gettext_lazy("Give a role"),
            action_url=reverse("accounts:role_give", args=[person.pk]),
        )
        for person in waiting.select_related("department").order_by("pk")[:MOST_ROWS]
    ]
    url = f"{reverse('accounts:person_list')}?role={NO_ROLE}"
    return Section(gettext_lazy("Accounts without a role"), count, url, rows)


def administration(user: User) -> Side:
    """How the house stands; what is wrong with it stands above, in a banner and among what waits."""
    people = User.objects.visible_to(user).active()
    facts = {
        "active": people.count(),
        "without_role": people.holding_now((), or_none=True).count(),
        "health": work_health(timezone.now()),
    }
    return Side(
        gettext_lazy("Administration"), "oversight/administration_card.html", facts,
        reverse("accounts:person_list"), gettext_lazy("All people"),
    )  # fmt: skip
