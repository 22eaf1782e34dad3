"""Names that exist in both languages: `name_zh` and `name_en`, read as `name`."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from riskhub.entry.columns import Line


def in_language(zh: str, en: str) -> str:
    """The text of the active language; the other one where it is empty."""
    first, second = (en, zh) if (get_language() or "").startswith("en") else (zh, en)
    return first or second


class Named(models.Model):
    name_zh = Line(_("name in Chinese"), max_length=200)
    name_en = Line(_("name in English"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)
