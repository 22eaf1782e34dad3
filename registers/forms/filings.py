"""What somebody saw, and what they answer: short forms for a phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registers.choices import ProposalKind
from registers.filings import departments_for, places_for
from riskhub.accounts.models import User
from riskhub.files.choices import AttachmentKind
from riskhub.files.forms import FilesField
from riskhub.web.forms import Line, Prose
from riskhub.web.offline import PhoneForm

MOST_PHOTOS = 5


class ProposalForm(PhoneForm):
    """One box. `client_uuid` comes with the page, so that sending twice files once.

    `is_another` comes from the receipt, for what is word for word the one before and yet another.
    """

    text = Prose(
        label=_("What did you see or hear?"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        help_text=_("What happened, where, and what could have come of it. One sentence is enough."),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("What is it?"), choices=ProposalKind.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    is_anonymous = forms.BooleanField(
        label=_("Send it without my name"), required=False,
        help_text=_(
            "Nobody can find out that it was you, the administrator neither. So it is not among your "
            "filings: the next page has an address to come back to."
        ),
    )  # fmt: skip
    photos = FilesField(
        label=_("Photos"), kind=AttachmentKind.PHOTO, most=MOST_PHOTOS, required=False
    )
    place = Line(
        label=_("Where in the service? (optional)"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
    )  # fmt: skip
    department = forms.TypedChoiceField(label=_("Department"))
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)
    is_another = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, department: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        """`department` is the code with which the page was opened, as a poster has it."""
        super().__init__(*args, user=user, **kwargs)
        field: Any = self.fields["department"]
        known = {each.code: each for each in departments_for(user)}
        by_key = {str(each.pk): each for each in known.values()}
        field.choices = [(each.pk, each.name) for each in known.values()]
        field.coerce = by_key.__getitem__
        self.chosen = known.get(department)
        self.is_elsewhere = bool(department) and self.chosen is None
        if self.chosen:
            self.initial["department"] = self.chosen.pk
        elif user.department_id:
            self.initial.setdefault("department", user.department_id)
        if len(known) == 1:
            (self.chosen,) = known.values()
            field.widget = field.hidden_widget()
            self.initial["department"] = self.chosen.pk

    def places(self) -> list[str]:
        """Offered while one types; asked for by the page alone."""
        return places_for(self.user)


class AnswerForm(PhoneForm):
    text = Prose(label=_("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    photos = FilesField(
        label=_("Photos"), kind=AttachmentKind.PHOTO, most=MOST_PHOTOS, required=False
    )
