"""An incident as it is reported on the phone: one page, most of it chosen already."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from incidents.incidents.choices import Hurt
from incidents.models import IncidentKind
from incidents.services.incidents import Seen
from registers.filings import departments_for, places_for
from riskhub.accounts.models import User
from riskhub.entry.days import HAPPENED
from riskhub.files.choices import AttachmentKind
from riskhub.files.forms import FilesField
from riskhub.web.forms import Line, Moment, Prose
from riskhub.web.offline import PhoneForm

MOST_PHOTOS = 5


class IncidentForm(PhoneForm):
    """`client_uuid` comes with the page, so that sending twice reports once."""

    text = Prose(
        label=_("What happened?"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        help_text=_("As you saw it. One sentence is enough."),
    )  # fmt: skip
    hurt = forms.MultipleChoiceField(
        label=_("Is somebody hurt? Tick who."), choices=Hurt.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    kind = forms.ModelChoiceField(
        label=_("What was it?"), queryset=IncidentKind.objects.all(), to_field_name="code",
        empty_label=None, widget=forms.RadioSelect,
    )  # fmt: skip
    is_anonymous = forms.BooleanField(
        label=_("Send it without my name"), required=False,
        help_text=_("Only for near misses. Nobody can find out that it was you."),
    )  # fmt: skip
    photos = FilesField(
        label=_("Photos"), kind=AttachmentKind.PHOTO, most=MOST_PHOTOS, required=False
    )
    occurred_at = Moment(label=_("When?"), span=HAPPENED)
    place = Line(
        label=_("Where in the service? (optional)"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
    )  # fmt: skip
    order_ref = Line(label=_("Order number (optional)"), max_length=100, required=False)
    department = forms.TypedChoiceField(label=_("Department"))
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, user=user, **kwargs)
        field: Any = self.fields["department"]
        known = {str(each.pk): each for each in departments_for(user)}
        field.choices = [(key, each.name) for key, each in known.items()]
        field.coerce = known.__getitem__
        if user.department_id:
            self.initial.setdefault("department", user.department_id)

    def places(self) -> list[str]:
        """Offered while one types; asked for by the page alone."""
        return places_for(self.user)

    @property
    def seen(self) -> Seen:
        """Of a valid form."""
        return Seen(**self.told, written_at=self.written_at)
