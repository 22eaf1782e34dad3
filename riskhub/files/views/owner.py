"""The thing that an address names, out of those that the user sees."""

import re
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from riskhub.files.owners import Owner, owner_for
from riskhub.web.requests import SignedInRequest

_KEY = re.compile("[0-9]{1,18}")


def owner_named(request: SignedInRequest, name: str) -> tuple[Owner, Any]:
    """`registers.risk-12`: the kind of thing, and the thing; 404 for what the user does not see."""
    owner_type, _dash, key = name.rpartition("-")
    kind = owner_for(owner_type)
    if kind is None or not _KEY.fullmatch(key):
        raise Http404
    return kind, get_object_or_404(kind.visible(request.user), pk=key)
