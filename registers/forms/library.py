from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registers.models import LibraryRisk, Register
from riskhub.accounts.models import User


class AdoptForm(forms.Form):
    """Which starter risks go into which register."""

    register = forms.ModelChoiceField(
        label=_("Register"), queryset=Register.objects.none(), empty_label=None,
        to_field_name="code",
    )  # fmt: skip
    entries = forms.ModelMultipleChoiceField(
        label=_("Risks"), queryset=LibraryRisk.objects.all(), to_field_name="code",
        error_messages={"required": _("Tick at least one risk.")},
    )  # fmt: skip
    with_controls = forms.BooleanField(
        label=_("Plan their controls too"), required=False, initial=True
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        register: Any = self.fields["register"]
        register.queryset = Register.objects.kept_by(user).order_by("code")
