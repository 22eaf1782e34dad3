"""Matrices beside the one in force, for the pages of the demo company."""

from dataclasses import replace

from assessments.schemes.in_force import scheme_in_force
from assessments.schemes.presets import preset
from assessments.schemes.rows import content_of
from assessments.services.schemes import start_scheme, submit_scheme
from riskhub.accounts.models import User
from tests.flows.stops import Stop


def draft_and_waiting():
    """A draft with faults in its map, and one that waits for management."""
    manager, shipped = User.objects.get(username="risk.manager"), content_of(scheme_in_force())
    draft = start_scheme(replace(shipped, cells={**shipped.cells, (3, 3): 0}), by=manager)
    careful = replace(shipped, cells=preset("cautious").cells, floors=())
    waiting = start_scheme(careful, by=manager)
    return draft, submit_scheme(waiting, by=manager, version=None)


def matrix():
    draft, waiting = draft_and_waiting()
    yield Stop("assessments:scheme_list")
    yield Stop("assessments:scheme_list", "auditor")
    yield Stop("assessments:scheme_create")
    yield Stop("assessments:scheme_import")
    for who, number in (
        ("risk.manager", 1), ("risk.manager", draft.number), ("approver", waiting.number),
    ):  # fmt: skip
        yield Stop("assessments:scheme_detail", who, number)
    yield Stop("assessments:scheme_edit", key=draft.number)
    yield Stop("assessments:scheme_decide", "approver", waiting.number)
