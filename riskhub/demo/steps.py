from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Step:
    """One thing that somebody of the demo company did, and when."""

    at: datetime
    run: Callable[[], None]
