from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.models import PlanVersion, ResponsePlan


class CompareForm(forms.Form):
    """Which two versions of a plan stand beside each other."""

    before = forms.TypedChoiceField(label=_("From version"), coerce=int)
    after = forms.TypedChoiceField(label=_("to version"), coerce=int)

    def __init__(
        self, *, plan: ResponsePlan, versions: list[PlanVersion], shown: dict[str, int]
    ) -> None:
        super().__init__(initial=shown)
        choices = [
            (one.number, _named(one, is_in_force=one.pk == plan.in_force_id)) for one in versions
        ]
        for name in ("before", "after"):
            field: Any = self.fields[name]
            field.choices = choices


def _named(version: PlanVersion, *, is_in_force: bool) -> str:
    number = str(version.number)
    return f"{number} ({gettext('in force')})" if is_in_force else number
