"""What a customer is asked, one form for each page; `kept` is what the draft keeps of an answer."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.choices import Trouble, Wish
from incidents.complaints.contact import Contact, phone_fault
from incidents.complaints.draft import Draft
from incidents.services import Told
from registers.models import ServiceLine
from riskhub.files.choices import AttachmentKind
from riskhub.files.forms import FilesField
from riskhub.files.keeping import KeptFile, kept_file
from riskhub.web.forms import Line, Prose

MOST_PHOTOS = 5
MOST_TYPED = 5000
"""So many characters of a field are kept when the language is switched; none takes more."""


class Reachable(forms.Form):
    """How somebody is reached; a number that is too short to dial is refused."""

    phone = Line(
        label=gettext_lazy("Telephone"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("Mail address"), max_length=200, required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if fault := phone_fault(phone):
            raise ValidationError(fault)
        return phone


class Step(forms.Form):
    """`website` is no question: nobody sees it, and what fills it in is no person."""

    website = Line(
        required=False, label=gettext_lazy("Leave this empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )  # fmt: skip

    @property
    def is_machine(self) -> bool:
        return bool(self.data.get("website"))

    @property
    def kept(self) -> dict[str, Any]:
        """Of a valid form, as JSON takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "website"}

    @property
    def typed(self) -> dict[str, Any]:
        """Of a form whose page changes its language: as it stands there, right or not."""
        data: Any = self.data
        many = {
            name for name, one in self.fields.items() if isinstance(one, forms.MultipleChoiceField)
        }
        return {
            name: data.getlist(name) if name in many else data.get(name, "")[:MOST_TYPED]
            for name in self.fields
            if name != "website"
        }

    def show(self, kept: dict[str, Any]) -> None:
        """What was told before, on a page to which one comes back."""
        self.initial.update(kept)


class WhatForm(Step):
    text = Prose(
        label=gettext_lazy("What happened?"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True}),
        help_text=gettext_lazy("In your own words. Please no bank card and no identity card numbers."),
    )  # fmt: skip
    troubles = forms.MultipleChoiceField(
        label=gettext_lazy("Is this so? Tick what fits."), choices=Trouble.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class OrderForm(Step):
    order_ref = Line(
        label=gettext_lazy("Order number, if you have it at hand"), max_length=100, required=False,
        help_text=gettext_lazy("Without it tell us the day and the service: 20 Sep, cleaning."),
    )  # fmt: skip
    service_line = forms.ModelChoiceField(
        label=gettext_lazy("Which service?"), queryset=ServiceLine.objects.none(), required=False,
        empty_label=gettext_lazy("I do not know"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        lines: Any = self.fields["service_line"]
        lines.queryset = ServiceLine.objects.filter(is_active=True)

    @property
    def kept(self) -> dict[str, Any]:
        line = self.cleaned_data["service_line"]
        return {**super().kept, "service_line": line.pk if line else None}


class WishForm(Step):
    wish = forms.ChoiceField(
        label=gettext_lazy("What would you like us to do?"), choices=Wish.choices, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    wish_text = Prose(
        label=gettext_lazy("In your words (optional)"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class ContactForm(Reachable, Step):
    name = Line(
        label=gettext_lazy("How shall we call you? (optional)"), max_length=100, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    by_code = forms.BooleanField(
        label=gettext_lazy("Do not contact me: I look by myself, with the code that I get"),
        required=False,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_given = any(data.get(name) or name in self.errors for name in ("phone", "email"))
        if not is_given and not data.get("by_code"):
            self.add_error("phone", _("Type a telephone number or a mail address, or tick below."))
        return data


class PhotosForm(Step):
    photos = FilesField(
        label=gettext_lazy("Photos (optional)"), kind=AttachmentKind.PHOTO, most=MOST_PHOTOS,
        required=False,
    )  # fmt: skip

    @property
    def kept(self) -> dict[str, Any]:
        return {"photos": [one.token for one in self.cleaned_data["photos"]]}

    @property
    def typed(self) -> dict[str, Any]:
        """Those that can be kept, even where another one is refused."""
        self.is_valid()
        widget: Any = self.fields["photos"].widget
        return {"photos": [one.token for one in widget.kept]}

    def show(self, kept: dict[str, Any]) -> None:
        widget: Any = self.fields["photos"].widget
        widget.kept = photos_of(kept)


def photos_of(facts: dict[str, Any]) -> list[KeptFile]:
    """Those whose bytes are still there."""
    return [one for token in facts.get("photos", ()) if (one := kept_file(token))]


def told_by(draft: Draft) -> Told:
    """Of a draft in which every question was answered."""
    facts = draft.facts
    names = ("text", "troubles", "order_ref", "wish", "wish_text")
    return Told(
        client_uuid=draft.uuid,
        service_line=ServiceLine.objects.filter(pk=facts["service_line"]).first(),
        contact=Contact(facts["name"], facts["phone"], facts["email"]),
        photos=photos_of(facts),
        **{name: facts[name] for name in names},
    )


FORMS: dict[str, type[Step]] = {
    "what": WhatForm, "order": OrderForm, "wish": WishForm, "contact": ContactForm,
    "photos": PhotosForm,
}  # fmt: skip
