from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registers.permissions import FILERS
from registers.querysets import departments_of
from riskhub.accounts.models import Department, User
from riskhub.web.forms import Prose


class ProposalForm(forms.Form):
    """One box. `client_uuid` comes with the page, so that sending twice files once.

    `is_another` comes from the receipt, for what is word for word the one before and yet another.
    """

    text = Prose(
        label=_("What did you see or hear?"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True}),
        help_text=_("What happened, where, and what could have come of it. One sentence is enough."),
    )  # fmt: skip
    department = forms.ModelChoiceField(
        label=_("Department"), queryset=Department.objects.none(), empty_label=None
    )
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)
    is_another = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        field: Any = self.fields["department"]
        field.queryset = departments_of(user, *FILERS)
        if user.department_id:
            self.initial.setdefault("department", user.department_id)
        if len(field.queryset) == 1:
            field.widget = field.hidden_widget()
            self.initial["department"] = field.queryset[0].pk
