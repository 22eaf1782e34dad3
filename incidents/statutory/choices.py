from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Begins(TextChoices):
    """From which moment the hours are counted."""

    REPORTED = "reported", _("When we were told")
    OCCURRED = "occurred", _("When it happened")


class ClockAnswer(TextChoices):
    NONE = "", pgettext_lazy("a reminder", "Not answered")
    REPORTED = "reported", pgettext_lazy("a reminder", "Reported")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("a reminder", "Does not apply here")
