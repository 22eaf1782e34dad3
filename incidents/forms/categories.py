"""The field in which the kind of a complaint is chosen, under the names of the groups."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms

from incidents.models import ComplaintCategory

if TYPE_CHECKING:
    CategoryChoice = forms.ModelChoiceField[ComplaintCategory]
    CategoryIterator = forms.models.ModelChoiceIterator[ComplaintCategory]
else:
    CategoryChoice = forms.ModelChoiceField
    CategoryIterator = forms.models.ModelChoiceIterator


class _ByGroup(CategoryIterator):
    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for group, kinds in groupby(self.queryset, key=lambda kind: kind.parent):
            yield (group.name, [self.choice(kind) for kind in kinds])


class _WithSeverity(forms.Select):
    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's arguments
        option = super().create_option(*args, **kwargs)
        if kind := getattr(option["value"], "instance", None):
            option["attrs"]["data-severity"] = kind.severity.pk
        return option


class CategoryField(CategoryChoice):
    """With the severity that is usual for each kind, for the page that preselects it."""

    iterator = _ByGroup
    widget = _WithSeverity

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        kinds = ComplaintCategory.objects.exclude(parent=None).select_related("parent", "severity")
        super().__init__(queryset=kinds, **kwargs)

    def label_from_instance(self, kind: ComplaintCategory) -> str:
        return kind.name
