"""The form in which a complaint is sorted."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.forms.categories import CategoryField
from incidents.models import Complaint
from incidents.permissions import HANDLERS
from registers.models import ServiceLine
from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User
from riskhub.web.conflicts import Changing, remember_opened
from riskhub.web.forms import ReadVersion

if TYPE_CHECKING:
    ComplaintModelForm = forms.ModelForm[Complaint]
else:
    ComplaintModelForm = forms.ModelForm


class TriageForm(Changing, ComplaintModelForm):
    """Of the severity it says what is usual for the category."""

    category = CategoryField(label=gettext_lazy("Category"), required=False)
    row_version = ReadVersion()

    class Meta:
        model = Complaint
        fields = ("category", "severity", "service_line", "department", "handler")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        people = User.objects.active().holding(*HANDLERS, Role.DEPARTMENT_HEAD)
        rows = {
            "service_line": ServiceLine.objects.filter(is_active=True),
            "department": Department.objects.active(),
            "handler": people.order_by("display_name", "pk"),
        }
        for name, found in rows.items():
            field: Any = self.fields[name]
            field.queryset = found
        self.fields["severity"].empty_label = None  # type: ignore[attr-defined]  # a choice of rows
        self.fields["severity"].help_text = usual_severity(self.instance)
        self.initial["row_version"] = self.instance.row_version
        remember_opened(self)


def usual_severity(complaint: Complaint) -> str:
    """A sentence where its category is usually graver or lighter; else empty."""
    category = complaint.category
    if category is None or category.severity == complaint.severity:
        return ""
    words = _("Usual for “%(category)s” is %(severity)s.")
    return words % {"category": category.name, "severity": category.severity}
