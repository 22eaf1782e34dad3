from datetime import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from riskhub.entry.days import HAPPENED
from riskhub.web.forms import Moment, Prose
from riskhub.web.offline import PhoneForm


class TickForm(PhoneForm):
    """`at`: when the phone was tapped; `waited`: how long ago that is, where its clock may be wrong."""

    at = Moment(span=HAPPENED, required=False)
    undone = forms.BooleanField(required=False)

    @property
    def tapped_at(self) -> datetime | None:
        """Of a valid form; None for just now."""
        at: datetime | None = self.cleaned_data["at"]
        return at or self.written_at

    @property
    def fault(self) -> str:
        """Of a form that is not valid, in a sentence."""
        said = " ".join(str(one) for one in self.errors.get("owner", ()))
        return said or _("That moment cannot be read.")


class EndForm(forms.Form):
    summary = Prose(
        label=gettext_lazy("How it went"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What worked, what did not, and how it stands now."),
    )  # fmt: skip
