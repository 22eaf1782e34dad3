from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from riskhub.web.forms import Prose

THIS, WHOLE = "event", "object"


class NoteForm(forms.Form):
    """What an auditor noticed; `key` is that of the form, so that it is kept once."""

    text = Prose(
        label=_("What you noticed"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Whoever reads the log of this object reads the note. Nobody can change or remove it, "
            "you neither."
        ),
    )  # fmt: skip
    about = forms.ChoiceField(
        label=_("The note is about"), widget=forms.RadioSelect, initial=THIS,
        choices=[(THIS, _("this event")), (WHOLE, _("the whole object"))],
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    @property
    def is_general(self) -> bool:
        return bool(self.cleaned_data["about"] == WHOLE)

    @property
    def given_key(self) -> UUID:
        return self.cleaned_data["key"] or uuid4()


class VerifyForm(forms.Form):
    """The key of the press: pressed twice it is one run."""

    key = forms.UUIDField(widget=forms.HiddenInput)
