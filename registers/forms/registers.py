from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registers.models import Register, ServiceLine
from registers.querysets import departments_of
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.entry.texts import capitals

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
        fields = ("code", "name_zh", "name_en", "department", "service_line", "description")
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"code": _("Short, in the address and in files: SVC, TECH, 2027.")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        department: Any = self.fields["department"]
        department.queryset = departments_of(user, Role.RISK_MANAGER)
        line: Any = self.fields["service_line"]
        line.queryset = ServiceLine.objects.filter(is_active=True)
