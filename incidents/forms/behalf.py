"""A complaint that somebody of the company writes down for a customer: one page."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from incidents.choices import Channel, Trouble, Wish
from incidents.complaints.contact import Contact
from incidents.forms.complain import MOST_PHOTOS, Reachable
from incidents.forms.handling import Keyed
from incidents.services import Told
from registers.models import ServiceLine
from riskhub.accounts.bilingual import is_english
from riskhub.entry.days import HAPPENED
from riskhub.files.choices import AttachmentKind
from riskhub.files.forms import FilesField
from riskhub.web.forms import Line, Moment, Prose
from riskhub.web.offline import PhoneForm


class BehalfForm(Reachable, Keyed, PhoneForm):
    """`client_uuid` comes with the page, so that sending twice files once."""

    text = Prose(
        label=_("What does the customer say?"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        help_text=_("In their words. No bank card and no identity card numbers."),
    )  # fmt: skip
    troubles = forms.MultipleChoiceField(
        label=_("Is this so? Tick what fits."), choices=Trouble.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[one for one in Channel.choices if one[0] != Channel.WEB_FORM],
    )
    received_at = Moment(
        label=pgettext_lazy("of a complaint", "When?"), span=HAPPENED,
        help_text=_("The clocks count from then."),
    )  # fmt: skip
    order_ref = Line(
        label=_("Order number, or the day and the service (optional)"), max_length=100,
        required=False,
    )  # fmt: skip
    service_line = forms.ModelChoiceField(
        label=_("Which service?"), queryset=ServiceLine.objects.filter(is_active=True),
        required=False, empty_label=_("Not known"),
    )  # fmt: skip
    wish = forms.ChoiceField(
        label=_("What do they ask for?"),
        choices=[("", _("Nothing said")), *Wish.choices], required=False,
    )  # fmt: skip
    wish_text = Line(label=_("In their words (optional)"), max_length=1000, required=False)
    name = Line(label=_("Name of the customer (optional)"), max_length=100, required=False)
    address = Line(label=_("Address (optional)"), max_length=200, required=False)
    lang = forms.ChoiceField(
        label=_("Language of the customer"), choices=settings.LANGUAGES,
        help_text=_("In it they read the page of their complaint."),
    )  # fmt: skip
    photos = FilesField(
        label=_("Photos (optional)"), kind=AttachmentKind.PHOTO, most=MOST_PHOTOS, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        opened = {
            "channel": Channel.PHONE, "received_at": timezone.localtime(),
            "lang": "en" if is_english() else "zh-hans",
        }  # fmt: skip
        self.initial = {**opened, **self.initial}

    @property
    def heard(self) -> Told:
        """Of a valid form."""
        sent = self.cleaned_data
        names = (
            "client_uuid", "text", "troubles", "channel", "order_ref", "service_line", "wish",
            "wish_text", "photos", "lang",
        )  # fmt: skip
        contact = Contact(sent["name"], sent["phone"], sent["email"], sent["address"])
        return Told(contact=contact, **{name: sent[name] for name in names})
