"""What a check says: how bad, in a sentence, and about which cells."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.matrix_checks.drawn import Place
from registers.choices import Level


class Severity(TextChoices):
    """An error is never put in force; a warning may be, knowingly."""

    ERROR = "error", gettext_lazy("Error")
    WARNING = "warning", gettext_lazy("Warning")
    INFO = "info", gettext_lazy("Remark")
    SHOWN = "shown", gettext_lazy("For information")

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True)
class Finding:
    """`code` is M1 to M10; `cells` are those that the sentence is about; `offer` a preset that mends it."""

    code: str
    severity: Severity
    sentence: str
    cells: tuple[Place, ...] = ()
    offer: str = ""


def listed_cells(cells: Iterable[Place]) -> str:
    """As in: (2,4), (3,5); probability first."""
    return _(", ").join(f"({probability},{impact})" for probability, impact in cells)


def level_name(rank: int) -> str:
    return str(Level(rank).label)
