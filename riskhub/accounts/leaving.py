"""What is open with a person: nobody leaves while something would stay behind without an owner.

A package that has owners registers in `ready()` what it keeps:

    register_keeper(Keeper("risk", risks_held_by, hand_over_risks))

and what only that person can do:

    register_leaving_blocker(lambda user: [Blocker(_("RP-001 waits for their decision alone."), url)])
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from riskhub.accounts.closing import Blocker
from riskhub.accounts.models import User
from riskhub.accounts.querysets import UserQuerySet

Heirs = Mapping[int, User | None]
"""By the keys of the items; None where nobody takes over, and that may be."""


@dataclass(frozen=True)
class Item:
    pk: int
    label: str
    url: str = ""


@dataclass(frozen=True)
class Holding:
    """Items of one kind for which the same people may answer; `place` tells groups of a kind apart."""

    kind: str
    place: int
    title: str
    items: Sequence[Item]
    heirs: Sequence[User]
    may_be_nobody: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.place}"


class HandOver(Protocol):
    """The service of the owning package; it checks each heir again."""

    def __call__(self, heirs: Heirs, *, by: User) -> None: ...


@dataclass(frozen=True)
class Keeper:
    kind: str
    held_by: Callable[[User], list[Holding]]
    hand_over: HandOver


_keepers: dict[str, Keeper] = {}
_blockers: list[Callable[[User], list[Blocker]]] = []


def register_keeper(keeper: Keeper) -> None:
    _keepers[keeper.kind] = keeper


def register_leaving_blocker(blocker: Callable[[User], list[Blocker]]) -> None:
    if blocker not in _blockers:
        _blockers.append(blocker)


def keepers() -> list[Keeper]:
    return list(_keepers.values())


def holdings_of(user: User) -> list[Holding]:
    return [holding for keeper in keepers() for holding in keeper.held_by(user) if holding.items]


def leaving_blockers(user: User) -> list[Blocker]:
    return [found for blocker in _blockers for found in blocker(user)]


def active(people: UserQuerySet, *, but: User) -> list[User]:
    """Those of them who may take over from `but`, by name."""
    return list(people.active().exclude(pk=but.pk).order_by("display_name", "pk"))
