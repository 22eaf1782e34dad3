"""What a row is called whose label is a program's key.

name_rows(Sequence, {"plan": _("Response plans")})
"""

from collections.abc import Mapping

from django.db import models
from django_stubs_ext import StrOrPromise

_names: dict[tuple[type[models.Model] | None, str], StrOrPromise] = {}


def name_rows(model: type[models.Model], names: Mapping[str, StrOrPromise]) -> None:
    _names.update({(model, label): name for label, name in names.items()})


def row_words(model: type[models.Model] | None, label: str) -> str:
    return str(_names.get((model, label), label))
