from datetime import datetime
from typing import NamedTuple


class Kept(NamedTuple):
    """Of a stored file: its bytes, and when they were written last."""

    size: int
    since: datetime
