"""What an event without a changed row keeps beside itself, in words.

The package that writes such events says in `ready()` how they read:

    spell_details("risk.exported", lambda kept: {str(_("Risks")): str(kept["rows"])})
"""

from collections.abc import Callable, Mapping
from typing import Any

from riskhub.audit.choices import Operation
from riskhub.audit.models import AuditEvent

Speller = Callable[[Mapping[str, Any]], Mapping[str, str]]
_spellers: dict[str, Speller] = {}


def spell_details(action: str, speller: Speller) -> None:
    _spellers[action] = speller


def details_of(event: AuditEvent) -> Mapping[str, str]:
    """{name: words}; empty where there is nothing, or nobody spells it."""
    speller = _spellers.get(event.action)
    if speller is None or event.operation != Operation.NOTE or not event.after:
        return {}
    return {name: words for name, words in speller(event.after).items() if words}
