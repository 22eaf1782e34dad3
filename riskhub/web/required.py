"""What an empty required field says, in every form and in the API: what to do, not what it is."""

from django import forms
from django.utils.translation import gettext_lazy as _
from rest_framework import relations, serializers

FILL_THIS_IN = _("Fill this in.")
_BASES = (
    forms.Field,
    serializers.Field,
    relations.PrimaryKeyRelatedField,
    relations.HyperlinkedRelatedField,
)


def say_what_to_do() -> None:
    """A field reads these when it is made, so this comes before the forms are imported."""
    for base in _BASES:
        base.default_error_messages["required"] = FILL_THIS_IN
