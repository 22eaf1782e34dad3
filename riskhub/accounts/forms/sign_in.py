from allauth.account.forms import ChangePasswordForm, LoginForm
from django.conf import settings
from django.forms import CharField

from riskhub.web.required import UNREADABLE


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """It offers a letter with a new password only where letters can be sent."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, CharField):
                field.error_messages["null_characters_not_allowed"] = UNREADABLE
        if not settings.HAS_MAIL:
            self.fields["password"].help_text = ""


class OwnPasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """As on the sign-in page."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not settings.HAS_MAIL:
            self.fields["oldpassword"].help_text = ""
