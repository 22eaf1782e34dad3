"""Which of those that wait are decided, and how."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment
from riskhub.accounts.models import User
from riskhub.web.forms import Line

CONFIRM, REJECT = "confirm", "reject"


class ConfirmationForm(forms.Form):
    """One button confirms the ticked ones, the other sends them back with one reason for all."""

    chosen = forms.ModelMultipleChoiceField(
        label=_("Assessments"), queryset=Assessment.objects.none(),
        error_messages={"required": _("Tick at least one.")},
    )  # fmt: skip
    decision = forms.ChoiceField(label="", choices=[(CONFIRM, CONFIRM), (REJECT, REJECT)])
    reason = Line(
        label=_("Reason for sending back"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"class": "rh-grow"}),
    )
    back = Line(label="", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["chosen"]
        chosen.queryset = Assessment.objects.visible_to(user)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == REJECT and not data.get("reason"):
            self.add_error("reason", _("Say what is missing."))
        return data

    @property
    def is_rejecting(self) -> bool:
        return bool(self.cleaned_data["decision"] == REJECT)
