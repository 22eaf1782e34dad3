"""What is asked for when a complaint ends."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.choices import ComplaintState
from incidents.complaints.known import known_before
from incidents.forms.categories import CategoryField
from incidents.forms.clauses import ClauseField, OutcomeField, refuse_half
from incidents.models import Complaint
from registers.choices import OriginKind
from registers.models import ContractClause, Risk
from riskhub.accounts.models import User
from riskhub.web.forms import Line, Prose, ReadVersion

_FEW_LINES = {"rows": 3}


class EndForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("How does it end?"), widget=forms.RadioSelect,
        choices=[
            (ComplaintState.WITHDRAWN.value, gettext_lazy("The customer withdraws it")),
            (ComplaintState.INVALID.value, gettext_lazy("It is not valid")),
        ],
    )  # fmt: skip
    reason = Prose(
        label=gettext_lazy("Why?"), max_length=1000, widget=forms.Textarea(attrs=_FEW_LINES)
    )


class CloseForm(forms.Form):
    """The risks that its category usually makes real are proposed; another one is named by its code."""

    category = CategoryField(label=gettext_lazy("Category"))
    root_cause = Prose(
        label=gettext_lazy("What was behind it?"), max_length=1000,
        widget=forms.Textarea(attrs=_FEW_LINES),
    )  # fmt: skip
    risks = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which risk did it make real?"), queryset=Risk.objects.none(),
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    other = Line(
        label=gettext_lazy("Another risk"), max_length=20, required=False,
        help_text=gettext_lazy("Its code, such as R012. One that is new is filed first."),
    )  # fmt: skip
    clause = ClauseField(required=False, empty_label=gettext_lazy("None"))
    clause_outcome = OutcomeField(required=False)
    row_version = ReadVersion()

    def __init__(self, *args: Any, complaint: Complaint, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.complaint = complaint
        self.visible = Risk.objects.visible_to(user)
        field: Any = self.fields["risks"]
        field.queryset = self.visible.filter(pk__in=usual_risks(complaint)).order_by("number")
        if not field.queryset.exists():
            del self.fields["risks"]
        if not ContractClause.objects.active().exists():
            del self.fields["clause"], self.fields["clause_outcome"]
        opened = {
            "row_version": complaint.row_version, "category": complaint.category_id,
            "root_cause": complaint.root_cause,
            "risks": list(complaint.risk_links.values_list("risk", flat=True)),
        }  # fmt: skip
        self.initial = {**self.initial, **opened}

    def clean_other(self) -> Risk | None:
        code = self.cleaned_data["other"]
        found = self.visible.coded(code).first() if code else None
        if code and found is None:
            raise forms.ValidationError(_("You see no risk with this code."))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        refuse_half(self, data.get("clause"), data.get("clause_outcome", ""))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """As `close_complaint` takes them: known is a risk that was there when the complaint came."""
        sent = self.cleaned_data
        chosen = [*sent.get("risks", ()), *filter(None, [sent["other"]])]
        return {
            "category": sent["category"], "root_cause": sent["root_cause"],
            "risks": {risk: known_before(risk, self.complaint) for risk in chosen},
            "version": sent["row_version"], "clause": sent.get("clause"),
            "clause_outcome": sent.get("clause_outcome", ""),
        }  # fmt: skip


class LinkCorrectionForm(forms.Form):
    known_before = forms.TypedChoiceField(
        label=gettext_lazy("Did it stand in the register before the complaint came?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=lambda chosen: chosen == "yes", widget=forms.RadioSelect,
    )  # fmt: skip


def usual_risks(complaint: Complaint) -> set[int]:
    """Keys of those already named, and of those that came from the library for its category."""
    codes = complaint.category.default_risks if complaint.category else []
    of_library = Q(origins__kind=OriginKind.LIBRARY, origins__ref_id__in=codes)
    found = Risk.objects.open().filter(of_library)
    named = Risk.objects.filter(complaint_links__complaint=complaint)
    return {*found.values_list("pk", flat=True), *named.values_list("pk", flat=True)}
