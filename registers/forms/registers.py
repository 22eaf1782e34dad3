from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registers.models import Register, ServiceLine
from registers.querysets import departments_of
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.entry.texts import capitals
from riskhub.web.conflicts import Changing, remember_opened

if TYPE_CHECKING:
    RegisterModelForm = forms.ModelForm[Register]
else:
    RegisterModelForm = forms.ModelForm


class FreeCode:
    """Of each form that makes a register."""

    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        """In capitals, so that the address has one spelling."""
        code = capitals(str(self.cleaned_data["code"]))
        if Register.objects.coded(code).exists():
            raise forms.ValidationError(
                _("There is a register with this code. Choose another one.")
            )
        return code


class RegisterForm(FreeCode, RegisterModelForm):
    class Meta:
        model = Register
        fields: tuple[str, ...] = (
            "code",
            "name_zh",
            "name_en",
            "department",
            "service_line",
            "description",
        )
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"code": _("Short, in the address and in files: SVC, TECH, 2027.")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        department: Any = self.fields["department"]
        department.queryset = departments_of(user, Role.RISK_MANAGER)
        line: Any = self.fields["service_line"]
        line.queryset = ServiceLine.objects.filter(is_active=True)


class RegisterEditForm(Changing, RegisterForm):
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta(RegisterForm.Meta):
        fields = ("name_zh", "name_en", "department", "service_line", "description")
        help_texts = {"department": _("Who keeps the register. Its risks keep their departments.")}

    def __init__(self, *args: Any, instance: Register, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, instance=instance, **kwargs)
        self.initial["row_version"] = instance.row_version
        self._keep("department", instance.department_id)
        self._keep("service_line", instance.service_line_id)
        remember_opened(self)

    def _keep(self, name: str, own: int | None) -> None:
        """What it has already may stay, though it is offered no more."""
        field: Any = self.fields[name]
        field.queryset = field.queryset | field.queryset.model.objects.filter(pk=own)
