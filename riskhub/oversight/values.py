"""One stored value as a page would show it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from riskhub.entry.day_words import day, moment

Labels = Mapping[type[models.Model], Mapping[Any, str]]
"""What the rows are called to which foreign keys lead."""


def say(field: models.Field[Any, Any], value: Any, labels: Labels) -> str:  # noqa: ANN401 - any stored value
    if value is None or value == "" or isinstance(value, dict | list):
        return ""
    if isinstance(field, models.ForeignKey):
        return labels.get(field.related_model, {}).get(value, f"#{value}")
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        return moment(parse_datetime(str(value)))
    if isinstance(field, models.DateField):
        return day(date.fromisoformat(str(value)))
    return {True: _("Yes"), False: _("No")}[value] if isinstance(value, bool) else str(value)
