"""What stands between a cause and its event, and between the event and its consequences.

Controls are such barriers. A higher package that has others, as contingency plans are, names them:

    register_cover(Cover(covered=lambda: Exists(...), barriers=lambda user, risk: [Barrier(...)]))

`covered` is a condition on risks: those that have something which answers an emergency.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django_stubs_ext import StrOrPromise

from registers.models import Risk
from riskhub.accounts.models import User


@dataclass(frozen=True)
class Barrier:
    """One box of the picture. `fact` says how it stands; `is_weak` where it may not hold.

    `kind` says when it works; one that is only planned protects nobody yet.
    """

    code: str
    name: str
    url: str
    kind: StrOrPromise
    fact: str
    is_weak: bool = False
    is_planned: bool = False
    language: str = ""


@dataclass(frozen=True)
class Cover:
    covered: Callable[[], Q]
    barriers: Callable[[User, Risk], list[Barrier]]


_covers: list[Cover] = []


def register_cover(cover: Cover) -> None:
    if cover not in _covers:
        _covers.append(cover)


def covered() -> list[Q]:
    """One condition for each kind of cover."""
    return [cover.covered() for cover in _covers]


def other_barriers(user: User, risk: Risk) -> list[Barrier]:
    return [barrier for cover in _covers for barrier in cover.barriers(user, risk)]
