from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WorkState(TextChoices):
    DUE = "due", _("due")
    DONE = "done", _("done")
    DEAD = "dead", _("given up")


class WorkReason(TextChoices):
    """Why the last attempt failed, for people; `error` keeps what the program said."""

    MAIL = "mail", _("The mail server did not take the message.")
    NETWORK = "network", _("A service that it needs does not answer.")
    GONE = "gone", _("What it is about is no longer there.")
    FULL = "full", _("The disk is full.")
    LOST = "lost", _("Its worker was lost at every attempt.")
    UNKNOWN = "unknown", _("This version of the program does not know this kind of work.")
    FAULT = "fault", _("A fault that nobody foresaw; the log of the worker has the details.")
