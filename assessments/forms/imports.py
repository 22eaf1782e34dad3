"""A file on its way in, and the register for it."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from assessments.services.imports import NewRegister
from registers.forms.registers import FreeCode
from registers.models import Register
from registers.querysets import departments_of
from riskhub.accounts.bilingual import is_english
from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User
from riskhub.entry.columns import Code
from riskhub.imports.limits import DEFAULT_LIMITS, MEBIBYTE
from riskhub.web.forms import Line

ACCEPTED = ".xlsx,.xls,.ods,.csv,.tsv,.txt"


class TableFileForm(forms.Form):
    """A file with a table, of the kinds and up to the size that every import takes."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose a file with a table in it."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "XLSX, XLS, ODS or CSV, up to %(size)s MB. It is checked first; nothing is imported yet."
        ) % {"size": DEFAULT_LIMITS.file_bytes // MEBIBYTE}

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > DEFAULT_LIMITS.file_bytes:
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Split it and import the parts.")
            )
        return file

    def ask_file_again(self) -> None:
        """Of a page that is loaded anew: the browser has forgotten which file was chosen."""
        if self.errors and "file" not in self.errors:
            self.add_error("file", _("Choose the file again: the browser has not kept it."))


class ImportForm(FreeCode, TableFileForm):
    """The file and its register: one that the user keeps, or a new one."""

    register = forms.ModelChoiceField(
        label=_("Register"), queryset=Register.objects.none(), required=False,
        empty_label=_("A new register"),
    )  # fmt: skip
    code = Line(
        label=_("Code"), max_length=40, required=False,
        help_text=_("Short, in the address and in files: SVC, TECH, 2027."),
        validators=Code.default_validators,
    )  # fmt: skip
    name = Line(label=_("Name"), max_length=200, required=False)
    department = forms.ModelChoiceField(
        label=_("Department"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=_("choose"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        register: Any = self.fields["register"]
        register.queryset = Register.objects.kept_by(user).order_by("code")
        register.label_from_instance = lambda one: f"{one.code} {one.name}"
        self.initial["register"] = self.initial.get("register") or register.queryset.first()
        department: Any = self.fields["department"]
        department.queryset = departments_of(user, Role.RISK_MANAGER)

    @property
    def new_fields(self) -> list[BoundField]:
        return [self[name] for name in ("code", "name", "department")]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = self.cleaned_data
        if values.get("register") and (values.get("code") or values.get("name")):
            words = _("Choose “%(new)s”, or empty what is typed for it.")
            self.add_error("register", words % {"new": _("A new register")})
        if values.get("register") or "register" in self.errors:
            return values
        for name in ("code", "name", "department"):
            if not values.get(name) and name not in self.errors:
                self.add_error(name, _("A new register needs this. Or choose a register above."))
        return values

    @property
    def upload(self) -> dict[str, Any]:
        """What `upload_register` takes."""
        values = self.cleaned_data
        filename = PurePath(str(values["file"].name)).name
        found = {"content": values["file"].read(), "filename": filename}
        if values["register"]:
            return found | {"register_code": values["register"].code}
        name_en = values["name"] if is_english() else ""
        new = NewRegister(values["name"], name_en, values["department"].code)
        return found | {"register_code": values["code"], "new": new}


class VersionForm(forms.Form):
    """Of a button: which version of the page it was pressed on."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def version(self) -> int:
        """Raises BadRequest where the button did not come from the page."""
        if not self.is_valid():
            raise BadRequest
        version: int = self.cleaned_data["row_version"]
        return version
