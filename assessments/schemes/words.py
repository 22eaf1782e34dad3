"""The text of a matrix in words, for the log."""

from django.utils.translation import gettext as _

from assessments.matrix import SCORES
from assessments.schemes.content import figure
from assessments.schemes.rows import read_text
from registers.choices import Level


def spell_scheme(content: str) -> dict[str, str]:
    """The map row by row, the limits of both scales, and the floors; the rest is on its page."""
    if not content:
        return {}
    scheme = read_text(content)
    rows = [
        f"{impact}: " + " ".join(str(Level(scheme.cells[p, impact]).label) for p in SCORES)
        for impact in reversed(SCORES)
    ]
    return {
        _("Map of the levels"): "\n".join(rows),
        _("Limits of probability"): "; ".join(map(figure, scheme.probability_limits)),
        _("Limits of impact"): "; ".join(map(figure, scheme.impact_limits)),
        _("Declared floors"): "\n".join(
            f"({floor.place[0]},{floor.place[1]}) {floor.reason}" for floor in scheme.floors
        ),
    }
