"""Who is on duty, and up to which amount each role makes an offer without asking."""

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.company.preferences import DEFAULTS
from riskhub.web.forms import Line

MOST_YUAN = 100_000_000
MOST_DAYS = 365
ROLES = [Role(one) for one in DEFAULTS["offer_authority"]]
_DIALLED = re.compile(r"\+?[0-9][0-9 -]{1,18}[0-9]")


class DutyForm(forms.Form):
    duty_manager = forms.ModelChoiceField(
        label=gettext_lazy("Manager on duty"), queryset=User.objects.none(), required=False,
        empty_label=gettext_lazy("Nobody: risk managers and heads of departments"),
        help_text=gettext_lazy("Told at once when somebody is hurt; sees every incident."),
    )  # fmt: skip
    duty_phone = Line(
        label=gettext_lazy("Telephone on duty"), max_length=20, required=False,
        validators=[
            RegexValidator(_DIALLED, gettext_lazy("A number that a phone can dial: 021-5555 0101."))
        ],
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=gettext_lazy("Stands on the forms beside 120, 119 and 110. Empty: no button."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        limits = self.initial["offer_authority"]
        self.initial.update({f"limit_{role}": limits.get(role, 0) for role in ROLES})
        people: Any = self.fields["duty_manager"]
        people.queryset = User.objects.active().order_by("display_name", "pk")
        for role in ROLES:
            self.fields[f"limit_{role}"] = forms.IntegerField(
                label=_("Offers by: %(role)s") % {"role": role.label}, min_value=0, max_value=MOST_YUAN,
                help_text=gettext_lazy("Up to this amount, CNY, an offer needs nobody else."),
            )  # fmt: skip
        self.fields["offer_answer_days"] = forms.IntegerField(
            label=_("Days to answer an offer"), min_value=1, max_value=MOST_DAYS,
            help_text=gettext_lazy(
                "The customer reads that day beside the offer. It does not end by itself."
            ),
        )  # fmt: skip

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "duty_manager": said["duty_manager"], "duty_phone": said["duty_phone"],
            "offer_answer_days": said["offer_answer_days"],
            "offer_authority": {str(role): said[f"limit_{role}"] for role in ROLES},
        }  # fmt: skip
