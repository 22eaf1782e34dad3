from typing import Any

from registers.models.library import LibraryEntry
from riskhub.accounts.bilingual import in_language


class LibraryContingencyPlan(LibraryEntry):
    """A starter contingency plan; adopting it makes one of the company's own."""

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        return self.text("name")

    @property
    def number(self) -> int:
        """The number in its code."""
        return int(self.code.rpartition("-")[2])

    @property
    def steps(self) -> list[dict[str, Any]]:
        return list(self.body["steps"])

    @property
    def months(self) -> int:
        return int(self.body["drill"]["every_months"])

    @property
    def trigger(self) -> str:
        """When it begins: the first of its triggers."""
        first = self.body["triggers"][0]
        return in_language(first["zh"], first["en"])
