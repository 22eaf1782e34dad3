from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.models import Department, User
from riskhub.entry.texts import capitals
from riskhub.web.conflicts import Changing, remember_opened

if TYPE_CHECKING:
    _Choice = forms.ModelChoiceField[Department]
    DepartmentModelForm = forms.ModelForm[Department]
else:  # neither class takes an argument when the program runs
    _Choice = forms.ModelChoiceField
    DepartmentModelForm = forms.ModelForm

_STEP = "\u3000"


class DepartmentField(_Choice):
    """The active departments as a tree: what belongs to another one stands below it, set in."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(queryset=Department.objects.active().order_by("path"), **kwargs)

    def keep(self, department: Department | None) -> None:
        """What is chosen already may stay, though it is closed."""
        if department and not department.is_active:
            own = Department.objects.filter(pk=department.pk)
            self.queryset = (Department.objects.active() | own).order_by("path")

    def leave_out(self, department: Department) -> None:
        """It and its parts cannot be chosen."""
        within = Department.objects.within(department).values("pk")
        self.queryset = self.queryset.exclude(pk__in=within)  # type: ignore[union-attr]  # set above

    def label_from_instance(self, obj: Any) -> str:  # noqa: ANN401 - Django's signature
        return f"{_STEP * obj.depth}{obj.name}"


class DepartmentForm(DepartmentModelForm):
    parent = DepartmentField(
        label=_("Part of"), required=False, empty_label=_("of no other"),
        help_text=_("A role for a department holds for its parts, too."),
    )  # fmt: skip

    class Meta:
        model = Department
        fields: tuple[str, ...] = ("code", "name_zh", "name_en", "kind", "parent")
        help_texts = {"code": _("Short, in addresses and files: OPS, CLEAN. It stays as it is.")}

    def clean_code(self) -> str:
        code = capitals(str(self.cleaned_data["code"]))
        if Department.objects.coded(code).exists():
            raise forms.ValidationError(
                _("There is a department with this code. Choose another one.")
            )
        return code


class DepartmentEditForm(Changing, DepartmentForm):
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta(DepartmentForm.Meta):
        fields = ("name_zh", "name_en", "kind", "parent", "head")
        help_texts = {"head": _("Somebody who belongs to it or to one of its parts.")}

    def __init__(self, *args: Any, instance: Department, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, instance=instance, **kwargs)  # type: ignore[misc]  # Django's arguments
        self.initial["row_version"] = instance.row_version
        parent: Any = self.fields["parent"]
        parent.keep(instance.parent)
        parent.leave_out(instance)
        head: Any = self.fields["head"]
        people = User.objects.active().belonging_to(instance)
        allowed = Q(pk__in=people.values("pk")) | Q(pk=instance.head_id or 0)
        head.queryset = User.objects.filter(allowed).order_by("display_name", "pk")
        remember_opened(self)
