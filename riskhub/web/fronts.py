"""Parts of the site for people without an account: their refusals show no way to sign in.

A package names its part in `AppConfig.ready`:

    add_front(Front(("/complain", "/track"), "incidents/complain_base.html", "incidents:complaint_tell",
                    _("Make a complaint"), lambda: {"company_name": company_name()}))
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Front:
    """`layout` is what its pages extend, with the values that it needs; `home` where they begin."""

    paths: tuple[str, ...]
    layout: str
    home: str
    home_words: StrPromise
    values: Callable[[], Mapping[str, Any]]


_fronts: list[Front] = []


def add_front(front: Front) -> None:
    _fronts.append(front)


def front_of(path: str) -> Front | None:
    """The part that an address belongs to."""
    return next((one for one in _fronts if path.startswith(one.paths)), None)
