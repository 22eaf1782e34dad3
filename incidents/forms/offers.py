"""What is offered, and what becomes of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.choices import OfferKind
from incidents.forms.handling import Keyed, ReasonForm
from incidents.models import Complaint, Resolution
from riskhub.web.forms import Prose, ReadVersion

_LINES = {"rows": 4}
_FEW_LINES = {"rows": 3}


def opened(offer: Resolution) -> dict[str, int]:
    return {"offer": offer.pk, "row_version": offer.row_version}


class _OfShown(forms.Form):
    """`offer` is the one that the page showed, as it then was."""

    offer = forms.IntegerField(widget=forms.HiddenInput)
    row_version = ReadVersion()


class ApproveForm(_OfShown):
    """A button alone."""


class RevokeForm(ReasonForm, _OfShown):
    pass


class OfferForm(Keyed):
    """The kinds that are usual for the category come first."""

    kind = forms.ChoiceField(label=gettext_lazy("What we offer"), choices=())
    text = Prose(
        label=gettext_lazy("In words, as the customer reads it"), max_length=1000,
        widget=forms.Textarea(attrs=_LINES),
    )  # fmt: skip
    amount = forms.DecimalField(
        label=gettext_lazy("Amount, CNY"), max_digits=12, decimal_places=2, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01", "min": "0.01"}),
    )  # fmt: skip

    def __init__(self, *args: Any, complaint: Complaint, hint: str, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        usual = complaint.category.offers if complaint.category else []
        first = [one for one in OfferKind.choices if one[0] in usual]
        rest = [one for one in OfferKind.choices if one[0] not in usual]
        field: Any = self.fields["kind"]
        field.choices = (
            [(_("Usual for this category"), first), (_("Others"), rest)] if first else rest
        )
        if first:
            self.initial.setdefault("kind", first[0][0])
        self.fields["amount"].help_text = hint


class AnswerForm(_OfShown):
    accepted = forms.TypedChoiceField(
        label=gettext_lazy("What does the customer say?"), widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("Accepts it")), ("no", gettext_lazy("Declines it"))],
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    text = Prose(
        label=gettext_lazy("In their words (optional)"), max_length=1000, required=False,
        widget=forms.Textarea(attrs=_FEW_LINES),
    )  # fmt: skip
