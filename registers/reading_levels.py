"""The level of a pair of scores, as the database reads it from a map of cells."""

from collections.abc import Mapping

from django.db.models import Case, IntegerField, Q, Value, When

Cells = Mapping[tuple[int, int], int]


def level_in(kind: str, cells: Cells) -> Case:
    """Of the inherent, residual or target scores of a risk; nothing where it has none."""
    of_level: dict[int, Q] = {}
    for (probability, impact), level in sorted(cells.items()):
        pair = Q(**{f"{kind}_probability": probability, f"{kind}_impact": impact})
        of_level[level] = of_level[level] | pair if level in of_level else pair
    return Case(
        *(When(pairs, then=Value(level)) for level, pairs in of_level.items()),
        default=Value(None),
        output_field=IntegerField(null=True),
    )


def other_level_in(kind: str, cells: Cells) -> Q:
    """Scores that these cells give another level than they have: by pairs, which an index has."""
    alike: dict[tuple[int, int], list[int]] = {}
    for (probability, impact), level in sorted(cells.items()):
        alike.setdefault((level, probability), []).append(impact)
    moving = Q(pk__in=[])
    for (level, probability), impacts in alike.items():
        pairs = Q(**{f"{kind}_probability": probability, f"{kind}_impact__in": impacts})
        moving |= pairs & ~Q(**{f"{kind}_level": level})
    return moving
