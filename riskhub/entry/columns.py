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


class _DjangosOwn(models.Field[_Set, _Get]):
    def deconstruct(self) -> Any:  # noqa: ANN401 - Django's signature
        """What a migration writes: the column of Django that this one is."""
        name, _path, args, kwargs = super().deconstruct()
        own = next(one for one in type(self).__mro__ if one.__module__.startswith("django."))
        return name, f"django.db.models.{own.__name__}", args, kwargs


class Line(_DjangosOwn[str, str], models.CharField[str, str]):
    """A name or another text of one line."""

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        value = super().to_python(value)
        return one_line(value) if isinstance(value, str) else value


class Prose(_DjangosOwn[str, str], models.TextField[str, str]):
    """A text of several lines."""

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        value = super().to_python(value)
        return prose(value) if isinstance(value, str) else value


class Code(_DjangosOwn[str, str], models.CharField[str, str]):
    """A short name that stands in addresses and files."""

    default_validators = [
        RegexValidator(r"\A[\w.-]+\Z", _("Letters, digits, dot and hyphen only."))
    ]


class Day(_DjangosOwn[_Set, _Get], models.DateField[_Set, _Get]):
    """A day within a span of `days`."""

    def __init__(self, *args: Any, span: Span | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        self.span = span
        super().__init__(*args, **kwargs)

    def run_validators(self, value: Any) -> None:  # noqa: ANN401 - Django's signature
        super().run_validators(value)
        if self.span and value is not None:
            self.span.check(value)
