"""Imports that are there to be taken back."""

from assessments.services.imports import import_now
from registers.models import Risk
from tests.assessments.uploads import NUMBERS, answered

WRONG = "wrong file"


def imported(by, rows=NUMBERS, **fields):
    run = answered(rows, by=by, **fields)
    import_now(run, by=by)
    run.refresh_from_db()
    return run


def standing():
    rows = Risk.objects.order_by("number")
    return list(rows.values_list("code", "title", "state", "is_undone"))
