from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WorkState(TextChoices):
    DUE = "due", _("due")
    DONE = "done", _("done")
    DEAD = "dead", _("given up")
