"""What is chosen about the list itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registers.columns import CHOICES


class ColumnsForm(forms.Form):
    columns = forms.MultipleChoiceField(
        label=_("Columns"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(column.key, column.name) for column in CHOICES],
    )  # fmt: skip
    is_compact = forms.BooleanField(label=_("Narrow rows"), required=False)
