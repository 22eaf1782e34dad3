from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WorkedDays(TextChoices):
    EVERY = "every", _("Every day")
    CHINA = "china", _("Working days of China, with the weekends that are worked instead")
    OWN = "own", _("Certain days of the week")
