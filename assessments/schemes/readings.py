"""What was judged under another matrix than the one in force, and what it reads as there."""

from collections.abc import Collection

from assessments.matrix import Cell, Grid
from assessments.models import Assessment, MatrixScheme
from assessments.schemes.in_force import grid_in_force

_KINDS = ("inherent", "residual", "target")


def readings_of(assessment: Assessment, grid: Grid) -> dict[str, Cell]:
    """{kind: its cell in `grid`}, of those that have another level there."""
    if assessment.scheme_id == grid.scheme:
        return {}
    cells = {
        kind: grid.maybe_cell(
            getattr(assessment, f"{kind}_probability"), getattr(assessment, f"{kind}_impact")
        )
        for kind in _KINDS
    }
    return {
        kind: cell
        for kind, cell in cells.items()
        if cell and cell.level != getattr(assessment, f"{kind}_level")
    }


def name_matrices(assessments: Collection[Assessment]) -> None:
    """Say of each under which matrix, unless the one in force, and what it reads as there. One query."""
    if not assessments:
        return
    grid = grid_in_force()
    in_force = MatrixScheme(number=grid.scheme).code
    for one in assessments:
        is_former = one.scheme_id != grid.scheme
        one.judged_under = MatrixScheme(number=one.scheme_id).code if is_former else ""  # type: ignore[attr-defined]
        one.matrix_in_force = in_force  # type: ignore[attr-defined]
        one.readings = readings_of(one, grid)  # type: ignore[attr-defined]
