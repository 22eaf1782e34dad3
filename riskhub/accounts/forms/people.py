from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.forms.departments import DepartmentField
from riskhub.accounts.models import User
from riskhub.web.conflicts import Changing, remember_opened

if TYPE_CHECKING:
    UserModelForm = forms.ModelForm[User]
else:
    UserModelForm = forms.ModelForm


class PersonForm(UserModelForm):
    """Somebody who shall sign in. What they may do comes from their roles."""

    department = DepartmentField(label=_("Department"), required=False)

    class Meta:
        model = User
        fields = ("display_name", "username", "department", "email", "phone", "locale")
        labels = {
            "display_name": pgettext_lazy("of a person", "Name"),
            "username": _("Sign-in name"),
        }
        help_texts = {
            "display_name": _("As colleagues know them: it stands beside everything they do."),
            "username": _("Letters, digits and . - _ @ only, such as li.na."),
            "email": _("Where notices go. Without one they wait in the product."),
        }
        widgets = {"phone": forms.TextInput(attrs={"inputmode": "tel"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.initial.setdefault("locale", get_language())

    def clean_username(self) -> str:
        return normalize("NFKC", str(self.cleaned_data["username"])).strip()


class PersonEditForm(Changing, PersonForm):
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, instance: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, instance=instance, **kwargs)
        self.initial["row_version"] = instance.row_version
        department: Any = self.fields["department"]
        department.keep(instance.department)
        remember_opened(self)
