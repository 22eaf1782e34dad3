"""How long a password is, said in the language of the page."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _

SHORTEST = 10


class PasswordLength(MinimumLengthValidator):
    """Django's own, whose sentence it does not have in Chinese."""

    def __init__(self, min_length: int = SHORTEST) -> None:
        super().__init__(min_length)

    def get_error_message(self) -> str:
        return _("The password is too short: it needs %(count)d characters or more.") % {
            "count": self.min_length
        }

    def get_help_text(self) -> str:
        return _("%(count)d characters or more.") % {"count": self.min_length}
