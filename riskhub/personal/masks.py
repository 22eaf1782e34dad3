"""Personal data as it is shown to whoever does not need it: enough to tell two people apart."""

import re

HIDDEN = "***"
_DIGITS = re.compile(r"\d")
_SHOWN, _SHORT = 4, 7


def masked_name(name: str) -> str:
    """The first sign: 陈**, C**."""
    return f"{name[0]}**" if name else ""


def masked_phone(phone: str) -> str:
    """Three digits and the last four: 138****5678; of a short number the last two."""
    digits = "".join(_DIGITS.findall(phone))
    if not digits:
        return ""
    if len(digits) <= _SHORT:
        return f"{HIDDEN}{digits[-2:]}"
    return f"{digits[:-8][-3:] or HIDDEN}****{digits[-_SHOWN:]}"


def masked_email(email: str) -> str:
    """The first sign and what stands behind the at: c***@example.com."""
    name, at, host = email.partition("@")
    return f"{name[:1]}{HIDDEN}{at}{host}" if at else HIDDEN if email else ""


def masked_text(text: str) -> str:
    """An address in words: its first two signs."""
    return f"{text[:2]}{HIDDEN}" if text else ""
