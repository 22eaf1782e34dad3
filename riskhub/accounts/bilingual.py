"""Names that exist in both languages: `name_zh` and `name_en`, read as `name`."""

from collections.abc import Collection, Mapping
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from riskhub.entry.columns import Line


def is_english() -> bool:
    """What is read now; in every other case it is Chinese."""
    return (get_language() or "").startswith("en")


def languages_read() -> tuple[str, str]:
    """Keys of a text that is kept as `zh` and `en`: what is read now, then the other one."""
    return ("en", "zh") if is_english() else ("zh", "en")


def in_language(zh: str, en: str) -> str:
    """The text of the active language; the other one where it is empty."""
    first, second = (en, zh) if is_english() else (zh, en)
    return first or second


_COLUMNS = ("name_zh", "name_en")
_NONE: Mapping[str, str] = {}
Names = Mapping[str, str]
"""By their columns."""
Coded = tuple[str, str, str]
"""Code, name in Chinese, name in English."""


def as_read(name: str) -> str:
    """Equal for names that people take for the same: capitals, blanks and width aside."""
    return "".join(normalize("NFKC", name).casefold().split())


def require_free_names(named: "Named", others: Collection[Coded], before: Names = _NONE) -> None:
    """Raises ValidationError, at the column, where another one bears the name in that language.

    A name that reads as it did `before` may stay.
    """
    taken = {
        column: {as_read(other[place]): other[0] for other in others}
        for place, column in enumerate(_COLUMNS, start=1)
    }
    words = gettext("“%(name)s” is the name of %(code)s already. Choose another one.")
    names = {column: as_read(name) for column, name in names_of(named).items()}
    refused = {
        column: words % {"name": getattr(named, column), "code": taken[column][name]}
        for column, name in names.items()
        if name and name in taken[column] and name != as_read(before.get(column, ""))
    }
    if refused:
        raise ValidationError(refused)


def names_of(named: "Named") -> Names:
    return {column: str(getattr(named, column)) for column in _COLUMNS}


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
