"""What people may talk about.

A package says it with the thing that it registers, in `ready()`:

    register_owner(Owner(Risk, ..., discussion=Discussion(
        may_comment=can_comment_on, onlookers=onlookers_of_risk, tell=tell_mentioned)))

and its page shows what was said, with a box for whoever may say something:

    {% include "components/comments.html" with owner=plan %}

Nobody is told of a thing that they do not see: only its onlookers can be mentioned.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from riskhub.accounts.models import User
    from riskhub.files.models import Comment


class Teller(Protocol):
    def __call__(
        self,
        comment: "Comment",
        row: Any,  # noqa: ANN401 - any registered model
        people: "Sequence[User]",
        *,
        by: "User",
    ) -> None: ...


class Settled(Exception):  # noqa: N818 - reads as what it says
    """It is too late to say this here, or to take it back; the message says what to do instead."""


def _none(_row: Any) -> str:  # noqa: ANN401 - any registered model
    return ""


@dataclass(frozen=True)
class Discussion:
    """`onlookers(row)` are the active people who see it; `tell` gives notice to those mentioned.

    `objection(row)` says why nothing more can be said about it, whoever asks; empty where it can.
    """

    may_comment: "Callable[[User, Any], bool]"
    onlookers: "Callable[[Any], QuerySet[User]]"
    tell: Teller
    objection: Callable[[Any], str] = _none
