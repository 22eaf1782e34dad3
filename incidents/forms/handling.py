"""What the steps of handling a complaint ask for."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from riskhub.entry.days import HAPPENED
from riskhub.web.forms import Moment, Prose, ReadVersion

_LINES = {"rows": 4}
_FEW_LINES = {"rows": 3}


class PressForm(forms.Form):
    """A button alone, with the version that its page showed."""

    row_version = ReadVersion()


class Keyed(forms.Form):
    """`client_uuid` comes with the page: sent twice, it is done once."""

    client_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.initial.setdefault("client_uuid", uuid4())

    def renew(self) -> None:
        """The key was used for other words: the next sending is another one."""
        self.data = {**self.data.dict(), "client_uuid": str(uuid4())}  # type: ignore[attr-defined]  # a QueryDict


class ContactLogForm(Keyed):
    text = Prose(
        label=gettext_lazy("What was said"), max_length=2000,
        widget=forms.Textarea(attrs=_LINES),
    )  # fmt: skip
    at = Moment(
        label=gettext_lazy("When"), span=HAPPENED, required=False,
        help_text=gettext_lazy("Empty: just now."),
    )  # fmt: skip


class NoteForm(Keyed):
    text = Prose(
        label=gettext_lazy("What colleagues should know"), max_length=2000,
        widget=forms.Textarea(attrs=_LINES),
    )  # fmt: skip


class ReasonForm(forms.Form):
    reason = Prose(max_length=1000, widget=forms.Textarea(attrs=_FEW_LINES))

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
