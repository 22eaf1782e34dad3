"""What a field says that is empty or wrong, in every form and in the API: what to do, not what it is."""

from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise
from rest_framework import relations, serializers

FILL_THIS_IN = _("Fill this in.")
TOO_LONG = _("Write at most %(limit_value)d characters; these are %(show_value)d.")
UNREADABLE = _("Take out the characters that cannot be read.")
_BASES = (
    forms.Field,
    serializers.Field,
    relations.PrimaryKeyRelatedField,
    relations.HyperlinkedRelatedField,
)


CHOOSE = _("Choose again: what was sent is not among what is offered.")
_FORGED = {"invalid_choice", "invalid_list", "invalid_pk_value", "list"}
_CHOICES: tuple[type[forms.Field], ...] = (
    forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField,
    forms.ModelMultipleChoiceField,
)  # fmt: skip
_TYPED: dict[Any, StrPromise] = {
    validators.MaxLengthValidator: TOO_LONG,
    validators.ProhibitNullCharactersValidator: UNREADABLE,
    validators.MinValueValidator: _("At least %(limit_value)s."),
    validators.MaxValueValidator: _("At most %(limit_value)s."),
}
_DECIMALS: dict[str, Any] = {
    "max_digits": _("At most %(max)s digits."),
    "max_decimal_places": _("At most %(max)s decimals."),
    "max_whole_digits": _("At most %(max)s digits before the point."),
}
_ONE_DAY = _("Write the day as 2026-03-31.")
_AT_LEAST, _AT_MOST = _("At least {min_value}."), _("At most {max_value}.")
_WHOLE = _("Send a whole number, such as 3.")
_NUMBER = _("Send a number, such as 1200.50.")
_API: dict[type[serializers.Field[Any, Any, Any, Any]], dict[str, StrPromise]] = {
    serializers.Field: {"null": FILL_THIS_IN},
    serializers.CharField: {
        "invalid": _("Send a text."),
        "blank": FILL_THIS_IN,
        "max_length": _("Write at most {max_length} characters; these are %(show_value)d."),
        "min_length": _("Write at least {min_length} characters."),
    },
    serializers.IntegerField: {
        "invalid": _WHOLE,
        "max_string_length": _WHOLE,
        "min_value": _AT_LEAST,
        "max_value": _AT_MOST,
    },
    serializers.DecimalField: {
        "invalid": _NUMBER,
        "max_digits": _("At most {max_digits} digits."),
        "max_decimal_places": _("At most {max_decimal_places} decimals."),
        "max_whole_digits": _("At most {max_whole_digits} digits before the point."),
        "max_string_length": _NUMBER,
        "min_value": _AT_LEAST,
        "max_value": _AT_MOST,
    },
    serializers.DateField: {"invalid": _ONE_DAY, "datetime": _ONE_DAY},
    serializers.ListField: {
        "not_a_list": _("Send a list."),
        "empty": _("Name at least one."),
        "max_length": _("Send at most {max_length} entries."),
    },
    serializers.Serializer: {"invalid": _("Send an object with the fields in it.")},
}


def say_what_to_do() -> None:
    """A field reads these when it is made, so this comes before the forms are imported."""
    for base in _BASES:
        base.default_error_messages["required"] = FILL_THIS_IN
    for validator, sentence in _TYPED.items():
        validator.message = sentence
    validators.DecimalValidator.messages |= _DECIMALS
    for choice in _CHOICES:
        choice.default_error_messages |= dict.fromkeys(
            choice.default_error_messages.keys() & _FORGED, CHOOSE
        )
    for field, words in _API.items():
        field.default_error_messages |= words
