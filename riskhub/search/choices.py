from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sharing(TextChoices):
    """Who finds a saved view beside its owner; what it shows them is what they may see."""

    NONE = "none", _("Only me")
    DEPARTMENT = "department", _("My department")
    ALL = "all", _("Everybody")
