"""A day in each language, for words that are written now and read by somebody else."""

from datetime import date

from django.conf import settings
from django.utils.translation import override

from riskhub.web.templatetags.riskhub import day


def day_in_each(value: date) -> dict[str, str]:
    """{language: 9月24日 or 24 Sep}."""
    found = {}
    for code, _language in settings.LANGUAGES:
        with override(code):
            found[code] = str(day(value))
    return found
