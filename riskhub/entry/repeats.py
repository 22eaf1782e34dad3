"""What is sent twice under one key is made once; another thing under the same key is refused."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

BACK_AND_AGAIN = timedelta(hours=1)
"""A page to which one goes back comes with a new key: the same words within this time are the same."""


class KeyReused(ValidationError):  # noqa: N818 - reads as what it says
    """The key stands for something else already: of another person, or with other words."""

    def __init__(self) -> None:
        super().__init__(
            _("This form was sent before, with other words. Send it again to keep both.")
        )


def digest_of(sent: Mapping[str, Any]) -> str:
    """The same for the same content; rows are told by their keys."""
    text = json.dumps({name: _plain(value) for name, value in sent.items()}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:  # noqa: ANN401 - anything that can be sent
    if isinstance(value, models.Model):
        return [value._meta.label, str(value.pk)]
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(inner) for inner in value]
    return None if value is None else str(value)
