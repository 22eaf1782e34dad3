"""How a line of a list says that its day has passed."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from riskhub.entry.day_words import day


def due_words(on: date) -> str:
    words = _("overdue since %(day)s") if on < timezone.localdate() else _("due %(day)s")
    return words % {"day": day(on)}
