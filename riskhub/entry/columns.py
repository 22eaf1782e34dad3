"""Columns that keep what `texts` and `days` allow, whoever writes: page, program, import or command.

To the migrations they are Django's own, so that a rule may change without one.
"""

from typing import Any, TypeVar

from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from riskhub.entry import fields
from riskhub.entry.days import Span
from riskhub.entry.texts import LONGEST, one_line, prose

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
    """A text of several lines, `texts.LONGEST` characters at most unless it says another number.

    What was kept when more was allowed stays as it is: see `long_since`.
    """

    def __init__(
        self,
        verbose_name: StrOrPromise | None = None,
        *,
        max_length: int = LONGEST,
        **kwargs: Any,  # noqa: ANN401 - Django's arguments
    ) -> None:
        super().__init__(verbose_name, max_length=max_length, **kwargs)
        self.validators.append(MaxLengthValidator(max_length))

    def deconstruct(self) -> Any:  # noqa: ANN401 - Django's signature
        """The usual length is none of the column's."""
        name, path, args, kwargs = super().deconstruct()
        if kwargs["max_length"] == LONGEST:
            del kwargs["max_length"]
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> Any:  # noqa: ANN401 - Django's signature
        return super().formfield(**{"form_class": fields.Prose} | kwargs)

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        value = super().to_python(value)
        return prose(value) if isinstance(value, str) else value


def long_since(before: models.Model, after: models.Model) -> list[str]:
    """The texts that are too long and stay as they were: who changes something else need not shorten them."""
    texts = [one for one in after._meta.concrete_fields if isinstance(one, Prose)]
    long = [
        one.attname
        for one in texts
        if len(getattr(after, one.attname)) > (one.max_length or LONGEST)
    ]
    return [name for name in long if getattr(before, name) == getattr(after, name)]


class Code(_DjangosOwn[str, str], models.CharField[str, str]):
    """A short name that stands in addresses and files: `..` would lead elsewhere."""

    default_validators = [
        RegexValidator(r"\A[\w.-]+\Z", _("Letters, digits and . - _ only.")),
        RegexValidator(r"\A[^.\-_]", _("Begin with a letter or a digit.")),
    ]
    default_error_messages = {"unique": _("This code is taken. Choose another one.")}


class Day(_DjangosOwn[_Set, _Get], models.DateField[_Set, _Get]):
    """A day within a span of `days`."""

    def __init__(self, *args: Any, span: Span | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        self.span = span
        super().__init__(*args, **kwargs)

    def run_validators(self, value: Any) -> None:  # noqa: ANN401 - Django's signature
        super().run_validators(value)
        if self.span and value is not None:
            self.span.check(value)
