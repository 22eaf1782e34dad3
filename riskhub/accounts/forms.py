from allauth.account.forms import LoginForm
from django.conf import settings


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """It offers a letter with a new password only where letters can be sent."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not settings.HAS_MAIL:
            self.fields["password"].help_text = ""
