"""Drafts of the matrix for tests: the one in force with a few cells changed."""

from dataclasses import replace

from assessments.schemes.in_force import scheme_in_force
from assessments.schemes.presets import preset
from assessments.schemes.rows import content_of
from assessments.services.schemes import decide_scheme, start_scheme, submit_scheme


def changed(**cells):
    """As in c14=0: the cell (1,4) is Low."""
    content = content_of(scheme_in_force())
    wanted = {(int(key[1]), int(key[2])): level for key, level in cells.items()}
    return replace(content, cells={**content.cells, **wanted})


def cautious():
    """The preset for care services, which passes every check."""
    chosen = preset("cautious")
    return replace(content_of(scheme_in_force()), cells=chosen.cells, floors=())


def draft(*, by, content=None, **fields):
    return start_scheme(content or cautious(), by=by, **fields)


def submitted(*, by, content=None):
    return submit_scheme(draft(by=by, content=content), by=by, version=None)


def in_force(*, by, approver, content=None):
    scheme = submitted(by=by, content=content)
    decide_scheme(scheme, by=approver, decision="approved", content_hash=scheme.content_hash)
    scheme.refresh_from_db()
    return scheme
