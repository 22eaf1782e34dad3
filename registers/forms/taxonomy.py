"""One form for the entries of each list, with the fields that the list has."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registers.models import RiskCategory, ServiceLine
from registers.models.taxonomy import Term
from riskhub.web.conflicts import Changing, remember_opened

_HELP: Any = {
    "code": _(
        "Letters, digits and . - _ only, such as window_cleaning. Kept in small letters, and for good."
    ),
    "is_active": _("Switched off, it is offered no more and stays where it is named already."),
    "importance": _("From 1 (little) to 5 (vital): what a risk of it gets unless told otherwise."),
}


def term_form(model: type[Term], *, is_new: bool) -> type[forms.BaseModelForm[Any]]:
    """Names always; code only at first; importance of service lines; categories are never off."""
    fields = ["code"] if is_new else []
    fields += ["name_zh", "name_en"]
    fields += ["help_zh", "help_en"] if model is RiskCategory else []
    fields += ["importance"] if model is ServiceLine else []
    fields += [] if is_new or model is RiskCategory else ["is_active"]
    base = TermForm if is_new else TermEditForm
    labels: Any = {"is_active": _("Offered in forms"), "help_zh": _("Help in Chinese"),
              "help_en": _("Help in English")}  # fmt: skip
    return forms.modelform_factory(model, base, fields=fields, help_texts=_HELP, labels=labels)


class TermForm(forms.ModelForm):  # type: ignore[type-arg]  # of several models
    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).lower()
        if self._meta.model._default_manager.filter(code=code).exists():
            raise forms.ValidationError(_("There is an entry with this code. Choose another one."))
        return code


class TermEditForm(Changing, TermForm):
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, instance: Term, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, instance=instance, **kwargs)  # type: ignore[misc]  # Django's arguments
        self.initial["row_version"] = instance.row_version
        remember_opened(self)
