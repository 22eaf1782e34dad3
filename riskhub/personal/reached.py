"""Where somebody is reached, in the one form by which it is found again. Pure."""

import re
import unicodedata

_NO_DIGIT = re.compile(r"\D")
_CHINA = ("0086", "86")
_MOBILE = 11


def plain_phone(phone: str) -> str:
    """Digits only, a mobile number of China without its country; empty where there are none."""
    digits = _NO_DIGIT.sub("", unicodedata.normalize("NFKC", phone))
    for country in _CHINA:
        rest = digits.removeprefix(country)
        if rest != digits and len(rest) == _MOBILE and rest.startswith("1"):
            return rest
    return digits


def plain_email(email: str) -> str:
    return unicodedata.normalize("NFKC", email).strip().casefold()
