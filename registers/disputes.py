"""How clauses did in disputes; the package that knows of complaints says it.

    register_disputes(disputes_of)

The list of clauses shows it beside each.
"""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

OFTEN = 3
"""So many failures within a year, and the clause is looked at again (R-59)."""


class Disputes(NamedTuple):
    """Within the last year."""

    helped: int = 0
    failed: int = 0

    @property
    def fails_often(self) -> bool:
        return self.failed >= OFTEN


Provider = Callable[[Collection[int]], Mapping[int, Disputes]]
_providers: list[Provider] = []


def register_disputes(provider: Provider) -> None:
    """Called in `ready()`."""
    if provider not in _providers:
        _providers.append(provider)


def disputes_of(clauses: Collection[int]) -> dict[int, Disputes]:
    """By the keys of the clauses; those without a dispute are not in it."""
    return {key: found for provider in _providers for key, found in provider(clauses).items()}
