from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.models import User
from riskhub.search.choices import Sharing
from riskhub.search.models import SavedView
from riskhub.search.permissions import can_share_with
from riskhub.web.conflicts import Changing, remember_opened

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[SavedView]
else:  # the class takes no argument when the program runs
    _ModelForm = forms.ModelForm


class SavedViewForm(Changing, _ModelForm):
    """Name, tab and the people it is for; whom one may not share with is not offered."""

    class Meta:
        model = SavedView
        fields = ("name", "shared_with", "is_pinned")
        widgets = {"shared_with": forms.RadioSelect}
        labels = {"is_pinned": _("Show as a tab"), "shared_with": _("Who finds it")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        field: Any = self.fields["shared_with"]
        own = self.instance.shared_with
        field.choices = [
            (key, words)
            for key, words in Sharing.choices
            if can_share_with(user, key) or (self.instance.pk and key == own)
        ]
        field.required = False
        if self.instance.pk:
            self.fields["row_version"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=self.instance.row_version
            )
            remember_opened(self)

    def clean_shared_with(self) -> str:
        return self.cleaned_data["shared_with"] or Sharing.NONE

    def validate_unique(self) -> None:
        """The service checks it with the owner."""

    def take(self, error: Any) -> None:  # noqa: ANN401 - a ValidationError
        for name, errors in getattr(error, "error_dict", {None: error}).items():
            self.add_error(name if name in self.fields else None, errors)
