"""The clause that mattered in a dispute."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.choices import ClauseOutcome
from registers.models import ContractClause

if TYPE_CHECKING:
    ClauseChoice = forms.ModelChoiceField[ContractClause]
else:
    ClauseChoice = forms.ModelChoiceField


class ClauseField(ClauseChoice):
    """Those in use, by code and name."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        in_use: Any = ContractClause.objects.active().order_by("code")
        super().__init__(
            queryset=in_use,
            label=gettext_lazy("Contract clause that the dispute turned on"), **kwargs,
        )  # fmt: skip

    def label_from_instance(self, clause: Any) -> str:  # noqa: ANN401 - Django's signature
        return f"{clause.code} {clause.name}"


class OutcomeField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(
            label=gettext_lazy("How did it do?"), choices=ClauseOutcome.choices,
            widget=forms.RadioSelect, **kwargs,
        )  # fmt: skip


class ClauseForm(forms.Form):
    clause = ClauseField()
    outcome = OutcomeField()


def refuse_half(form: forms.Form, clause: ContractClause | None, outcome: str) -> None:
    """A clause without its outcome says nothing, nor does an outcome without its clause."""
    if clause and not outcome:
        form.add_error(
            "clause_outcome", ValidationError(_("Say whether the clause helped or failed."))
        )
    if outcome and not clause:
        form.add_error("clause", ValidationError(_("Choose the clause.")))
