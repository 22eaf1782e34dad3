from typing import TYPE_CHECKING, Any

from django import forms

from riskhub.accounts.models import Department

if TYPE_CHECKING:
    _Choice = forms.ModelChoiceField[Department]
else:  # the class takes no argument when the program runs
    _Choice = forms.ModelChoiceField

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

    def label_from_instance(self, obj: Any) -> str:  # noqa: ANN401 - Django's signature
        return f"{_STEP * obj.depth}{obj.name}"
