"""A complaint while it is being told, one question per page: kept sealed in the session of the browser.

`told` holds what each step brought, as it can be written down in JSON; `key` makes the complaint one thing,
however often it is sent. A draft that cannot be opened any more is begun anew.
"""

import json
from collections.abc import MutableMapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID, uuid4

from riskhub.personal.sealing import Unreadable, seal, unseal

STEPS = ("what", "order", "wish", "contact", "photos")
_SESSION = "complaint"


@dataclass
class Draft:
    key: str = field(default_factory=lambda: str(uuid4()))
    told: dict[str, dict[str, Any]] = field(default_factory=dict)
    code: str = ""
    """Once it was sent."""
    typed: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What stood in a page that was not sent yet, when its language was switched."""

    @property
    def uuid(self) -> UUID:
        return UUID(self.key)

    @property
    def open_step(self) -> str:
        """The first one that was not answered; empty when all were."""
        return next((step for step in STEPS if step not in self.told), "")

    def may_show(self, step: str) -> bool:
        """A question that was answered, or the first one that was not."""
        return step in self.told or step == self.open_step

    @property
    def facts(self) -> dict[str, Any]:
        """Everything that was told, whichever page asked for it."""
        return {name: value for step in self.told.values() for name, value in step.items()}

    def keep(self, session: MutableMapping[str, Any]) -> None:
        session[_SESSION] = seal(json.dumps(asdict(self)))


def draft_in(session: MutableMapping[str, Any]) -> Draft:
    """The one that is being told, or a new one."""
    token = session.get(_SESSION)
    try:
        return Draft(**json.loads(unseal(token))) if token else Draft()
    except (Unreadable, TypeError, ValueError):
        return Draft()


def forget(session: MutableMapping[str, Any]) -> None:
    session.pop(_SESSION, None)
