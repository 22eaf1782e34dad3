"""Words in each language, for what is written now and read by somebody else."""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.utils.translation import override

from riskhub.entry.day_words import day


def day_in_each(value: date) -> dict[str, str]:
    """{language: 9月24日 or 24 Sep}."""
    return words_in_each(lambda: day(value))


def words_in_each(say: Callable[[], object]) -> dict[str, str]:
    """{language: what `say` answers while that language is active}."""
    found = {}
    for code, _language in settings.LANGUAGES:
        with override(code):
            found[code] = str(say())
    return found
