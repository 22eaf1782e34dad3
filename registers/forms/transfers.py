"""One form for policies, clauses and suppliers."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from registers.models.transfers import Transfer
from registers.services import TransferDraft
from riskhub.entry.texts import capitals
from riskhub.web.conflicts import Changing, remember_opened

_FIELDS = ("name_zh", "name_en", "valid_until", "note")
_HELP: Any = {
    "code": _("The number on the paper, or a short one of your own. It stays."),
    "valid_until": _("The last day on which it holds. Empty: without an end."),
}
_WIDGETS: Any = {
    "note": forms.Textarea(attrs={"rows": 3}),
}


def transfer_form(model: type[Transfer], *, is_new: bool) -> type[forms.BaseModelForm[Any]]:
    base, fields = (TransferForm, ("code", *_FIELDS)) if is_new else (TransferEditForm, _FIELDS)
    return forms.modelform_factory(model, base, fields=fields, help_texts=_HELP, widgets=_WIDGETS)


class TransferForm(forms.ModelForm):  # type: ignore[type-arg]  # of several models
    client_uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.initial.setdefault("client_uuid", uuid4())

    def clean_code(self) -> str:
        """In capitals; what this very form has made already is no other one."""
        code = capitals(str(self.cleaned_data["code"]))
        key = self.data.get(self.add_prefix("client_uuid"), "")
        same = self._meta.model._default_manager.filter(code__iexact=code).first()
        if same is not None and str(same.client_uuid) != key:
            raise forms.ValidationError(_("This code is taken. Choose another one."))
        return code

    def _get_validation_exclusions(self) -> set[str]:
        """The code is looked at above, and again by the service."""
        return {*super()._get_validation_exclusions(), "code"}  # type: ignore[misc]  # Django's own

    def draft(self) -> TransferDraft:
        return TransferDraft(**self.cleaned_data)


class TransferEditForm(Changing, forms.ModelForm):  # type: ignore[type-arg]  # of several models
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, instance: Transfer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, instance=instance, **kwargs)  # type: ignore[misc]  # Django's arguments
        self.initial["row_version"] = instance.row_version
        remember_opened(self)
