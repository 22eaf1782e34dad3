"""The box for words above a list: what the search can find at all."""

import re
from typing import Any
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from riskhub.web.filters import SearchFilter

_TERM = re.compile(r"[0-9A-Za-z_\u3400-\u9fff\U00020000-\U0003ffff]")
"""What `search_terms` makes terms of (riskhub/search/sql.py), whatever its width."""


class WordsFilter(SearchFilter):
    """Signs alone, as an emoji, stand in no index: that is told, as finding nothing would be wrong."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - django-filter's arguments
        super().__init__(validators=[require_words], **kwargs)


def require_words(text: str) -> None:
    if not _TERM.search(normalize("NFKC", text)):
        words = _("Only words and numbers are searched for: type two Chinese characters or a word.")
        raise ValidationError(words)
