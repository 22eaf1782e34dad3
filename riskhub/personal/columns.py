from typing import Any

from django.db import models

from riskhub.personal.sealing import Unreadable, seal, unseal

LOST = "\ufffd"
"""Stands where the key is missing: nothing is shown, and nothing breaks."""


class Sealed(models.TextField[str, str]):
    """A text that the database keeps as a token. Nothing can be searched or ordered by it.

    What is sealed with a key that is missing reads as LOST, and is not written back.
    """

    def deconstruct(self) -> Any:  # noqa: ANN401 - Django's signature
        """To the migrations a text."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def from_db_value(self, value: str | None, *_rest: object) -> str | None:
        if not value:
            return value
        try:
            return unseal(value)
        except Unreadable:
            return LOST

    def get_prep_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        """An empty text stays empty: there is nothing to keep from anybody."""
        value = super().get_prep_value(value)
        if value == LOST:
            raise Unreadable
        return seal(value) if value else value
