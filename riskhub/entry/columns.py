"""Columns that keep what `texts` and `days` allow, whoever writes: page, program, import or command.

To the migrations they are Django's own, so that a rule may change without one.
"""

from typing import Any, TypeVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from riskhub.entry.days import Span
from riskhub.entry.texts import one_line, prose

_Set = TypeVar("_Set")
_Get = TypeVar("_Get")


class Line(models.CharField[str, str]):
    """A name or another text of one line."""

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        value = super().to_python(value)
        return one_line(value) if isinstance(value, str) else value

    def deconstruct(self) -> Any:  # noqa: ANN401 - Django's signature
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class Prose(models.TextField[str, str]):
    """A text of several lines."""

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        value = super().to_python(value)
        return prose(value) if isinstance(value, str) else value

    def deconstruct(self) -> Any:  # noqa: ANN401 - Django's signature
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class Code(models.CharField[str, str]):
    """A short name that stands in addresses and files."""

    default_validators = [
        RegexValidator(r"\A[\w.-]+\Z", _("Letters, digits, dot and hyphen only."))
    ]

    def deconstruct(self) -> Any:  # noqa: ANN401 - Django's signature
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class Day(models.DateField[_Set, _Get]):
    """A day within a span of `days`."""

    def __init__(self, *args: Any, span: Span | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        self.span = span
        super().__init__(*args, **kwargs)

    def run_validators(self, value: Any) -> None:  # noqa: ANN401 - Django's signature
        super().run_validators(value)
        if self.span and value is not None:
            self.span.check(value)

    def deconstruct(self) -> Any:  # noqa: ANN401 - Django's signature
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs
