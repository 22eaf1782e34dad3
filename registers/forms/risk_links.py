from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registers.choices import Relation
from registers.models import Risk
from registers.permissions import can_link_risks
from registers.querysets import number_of
from riskhub.accounts.models import User
from riskhub.web.forms import Line
from riskhub.web.required import FILL_THIS_IN

MOST_CHOICES = 8


class RiskLinkForm(forms.Form):
    """What this risk is to another one: that of a code, or the one with these words.

    Where several have them, `choices` are shown and `chosen` comes back with the code of one.
    """

    relation = forms.ChoiceField(label=_("This risk"), choices=Relation.choices)
    other = Line(
        label=_("The other risk"), max_length=100, required=False,
        help_text=_("Its code, such as R012, or words of its name."),
    )  # fmt: skip
    chosen = Line(max_length=20, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, risk: Risk, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **{"auto_id": "link_%s"} | kwargs)
        self.user, self.risk = user, risk
        self.choices = self._found(self.initial.get("other", ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        words, chosen = cleaned.get("other", ""), cleaned.get("chosen", "")
        if not (words or chosen):
            raise ValidationError({"other": FILL_THIS_IN})
        self.choices = self._found(words or chosen)
        # One of those that the words find; what was offered for other words before is not meant.
        self.choices = [one for one in self.choices if one.code == chosen] or self.choices
        if not self.choices:
            none = gettext(
                "You see no risk with this code or these words. Check how it is written."
            )
            raise ValidationError({"other": none})
        if len(self.choices) > 1:
            several = gettext("Several risks have these words. Choose one below.")
            raise ValidationError({"other": several})
        return cleaned | {"risk": self.choices[0]}

    def take(self, refusal: ValidationError) -> None:
        self.add_error(None, refusal)

    def _found(self, words: str) -> list[Risk]:
        """A code means one risk, closed ones too; words find open ones that the user sees."""
        visible = Risk.objects.visible_to(self.user).select_related("owner_department")
        if number_of(words):
            return list(visible.coded(words))
        if not words:
            return []
        others = visible.open().exclude(pk=self.risk.pk)
        return list(others.matching(words).in_ranking()[:MOST_CHOICES])


def new_link_form(user: User, risk: Risk) -> RiskLinkForm | None:
    """For the page of the risk; None where the user may not link it now."""
    return RiskLinkForm(user=user, risk=risk) if can_link_risks(user, risk) else None
