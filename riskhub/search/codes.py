"""Codes as people type them: cp1, CH-2, RP 003, and as far as they have typed: CP-0."""

import re
from unicodedata import normalize

from django.db.models import Q


def of_code(text: str, letters: str, prefix: str = "") -> list[Q]:
    """The one of that number, then those whose code begins so; none where no code is typed."""
    typed = normalize("NFKC", text).strip()
    match = re.fullmatch(rf"{letters}[- ]?([0-9]{{1,9}})", typed, re.IGNORECASE)
    if match is None:
        return []
    begins = {f"{prefix}code__startswith": f"{letters}-{match[1]}"}
    return [Q(**{f"{prefix}number": int(match[1])}), Q(**begins)]
