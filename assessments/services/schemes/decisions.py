"""Hand a draft in, and decide on exactly the text that was read."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.choices import Decision, SchemeState
from assessments.matrix_checks import Severity, check_matrix
from assessments.models import MatrixScheme, SchemeAuthor, SchemeDecision
from assessments.schemes.content import SchemeContent
from assessments.schemes.faults import faults_of
from assessments.schemes.permissions import can_decide_scheme, deciding_scheme_as, is_own_scheme
from assessments.schemes.rows import content_of
from assessments.services.schemes.enforcing import put_scheme_in_force
from assessments.services.schemes.notices import tell_deciders, tell_submitter
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import StaleVersion, lock_row, lock_version
from riskhub.entry.texts import prose

_NAMES = {Decision.APPROVED: "scheme.approved", Decision.CHANGES: "scheme.changes_requested"}
_BECOMES = {
    Decision.APPROVED: SchemeState.IN_FORCE,
    Decision.CHANGES: SchemeState.CHANGES_REQUESTED,
}


class SchemeIncomplete(Exception):  # noqa: N818 - reads as what it says
    """What has to be mended first, each in a sentence."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults))


class CannotDecideScheme(Exception):  # noqa: N818 - reads as what it says
    """An author, or somebody without the role."""


def submit_scheme(scheme: MatrixScheme, *, by: User, version: int | None) -> MatrixScheme:
    """From now on nothing of it changes. Raises StaleVersion, WrongState, SchemeIncomplete."""
    with acting(by, "scheme.submitted"):
        stored = lock_version(scheme, version)
        if stored.state != SchemeState.DRAFT:
            raise WrongState(stored, SchemeState.SUBMITTED)
        content = content_of(stored)
        _require_whole(content)
        SchemeAuthor.objects.get_or_create(scheme=stored, user=by)
        handed_in = move(
            stored, SchemeState.SUBMITTED, submitted_by=by, submitted_at=timezone.now(),
            check_result=_result(content),
        )  # fmt: skip
        tell_deciders(handed_in, by=by)
        return handed_in


def recall_scheme(scheme: MatrixScheme, *, by: User, version: int | None) -> MatrixScheme:
    """Take it back to write on."""
    with acting(by, "scheme.recalled"):
        stored = lock_version(scheme, version)
        if stored.state != SchemeState.SUBMITTED:
            raise WrongState(stored, SchemeState.DRAFT)
        return move(stored, SchemeState.DRAFT)


def decide_scheme(
    scheme: MatrixScheme, *, by: User, decision: str, content_hash: str, comment: str = ""
) -> SchemeDecision:
    """Put in force or ask for changes, for the text whose hash the page showed.

    Raises StaleVersion when it reads otherwise now, WrongState when it does not wait, CannotDecideScheme for
    whoever wrote in it, SchemeIncomplete where a check finds an error. The database refuses the same.
    """
    with acting(by, _NAMES[Decision(decision)], comment):
        stored = lock_row(scheme)
        if stored.state != SchemeState.SUBMITTED:
            raise WrongState(stored, _BECOMES[Decision(decision)])
        if stored.content_hash != content_hash:
            raise StaleVersion(stored)
        if not can_decide_scheme(by, stored):
            raise CannotDecideScheme(_why_not(by, stored))
        if decision == Decision.CHANGES and not prose(comment):
            raise ValidationError({"comment": _("Write one sentence: the author will read it.")})
        right_of = deciding_scheme_as(by, stored)
        made = SchemeDecision.objects.create(
            scheme=stored, content_hash=content_hash, approver=by, decision=decision,
            on_behalf_of_id=None if right_of == by.pk else right_of, comment=prose(comment),
        )  # fmt: skip
        if decision == Decision.APPROVED:
            _require_whole(content_of(stored))
            put_scheme_in_force(stored, by=by)
        else:
            move(stored, SchemeState.CHANGES_REQUESTED)
        tell_submitter(stored, made, by=by)
        return made


def _require_whole(content: SchemeContent) -> None:
    if faults := faults_of(content):
        raise SchemeIncomplete(faults)


def _result(content: SchemeContent) -> list[dict[str, object]]:
    """What the checks said on the day it was handed in."""
    return [
        {"check": one.code, "severity": one.severity.value, "cells": [list(c) for c in one.cells]}
        for one in check_matrix(content.drawn)
        if one.severity != Severity.SHOWN or one.cells
    ]


def _why_not(by: User, scheme: MatrixScheme) -> str:
    if is_own_scheme(by, scheme):
        return _("You wrote in this matrix. Another person decides on it.")
    return _("Only management decides on the matrix.")
