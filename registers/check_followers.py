"""What follows from a check besides its own row; higher packages add theirs in `ready()`.

    register_check_follower(reassess_after_check)

A follower is a service: it is called within the transaction that records the check.
"""

from typing import Protocol

from registers.models import ControlCheck
from riskhub.accounts.models import User


class CheckFollower(Protocol):
    def __call__(self, check: ControlCheck, *, by: User) -> None: ...


_followers: list[CheckFollower] = []


def register_check_follower(follower: CheckFollower) -> None:
    if follower not in _followers:
        _followers.append(follower)


def follow_check(check: ControlCheck, *, by: User) -> None:
    for follower in _followers:
        follower(check, by=by)
