from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Stop:
    """`who` is a sign-in of the demo, "" nobody; `query` with its question mark.

    `ready` does in the browser what leads to the page, where an address alone does not; with `stays` the
    page is that to which it led, and its answer is what it returns.
    """

    name: str
    who: str = "risk.manager"
    key: object = None
    query: str = ""
    status: int = 200
    ready: Callable | None = None
    stays: bool = False

    @property
    def path(self):
        keys = self.key if isinstance(self.key, tuple) else (self.key,)
        return reverse(self.name, args=[key for key in keys if key is not None]) + self.query

    def __str__(self):
        return f"{self.path} as {self.who or 'nobody'}"
