from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.contingency.querysets import ContingencyPlanQuerySet
from assessments.models import ContingencyPlan
from registers.models import Risk
from registers.querysets import RiskQuerySet
from riskhub.web.forms import Line


class LinkContingencyForm(forms.Form):
    """A plan for this risk, out of those that the user sees and that do not answer it yet."""

    plan = forms.ModelChoiceField(
        label=_("Contingency plan"), queryset=ContingencyPlan.objects.none(), to_field_name="code"
    )

    def __init__(self, *args: Any, plans: ContingencyPlanQuerySet, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        field: Any = self.fields["plan"]
        field.queryset = plans


class LinkAnsweredForm(forms.Form):
    """The same from the page of the plan: a risk for it."""

    risk = Line(label=_("Risk number"), max_length=20, help_text=_("As in the list: R012."))

    def __init__(self, *args: Any, risks: RiskQuerySet, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.risks = risks

    def clean_risk(self) -> Risk:
        risk = self.risks.coded(str(self.cleaned_data["risk"])).first()
        if risk is None:
            raise forms.ValidationError(
                _("There is no open risk of yours with this number. Write it as R012.")
            )
        return risk
