from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Delivery(TextChoices):
    """How somebody hears of a notice; in the app all of them stand at once."""

    NOW = "now", _("By mail at once")
    DIGEST = "digest", _("In the daily mail")
    BELL = "bell", _("Only in RiskHub")
