"""Every refusal of the API in one shape, whatever raised it: see `riskhub.web.problems`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise
from rest_framework.exceptions import APIException
from rest_framework.exceptions import ValidationError as BodyError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response

from assessments.register_import.mapping import MappingError
from assessments.services import (
    CannotConfirm,
    CannotDecide,
    HasLivePlan,
    NotReached,
    OwnAction,
    OwnGap,
    OwnRequest,
    PendingAssessment,
    PlanIncomplete,
    PutItLive,
    RisksNotJudged,
)
from assessments.services.imports import CannotImport
from assessments.services.schemes import CannotDecideScheme, SchemeIncomplete
from incidents.services.closing import TooLate as ClosedTooLong
from incidents.services.lasting import IncidentOver
from incidents.services.offers import AnswersAlready, CannotApprove
from registers.closing import NotOpen
from registers.services import CannotClose, CheckedAlready, NotChecked, Retired
from registers.touches import Touched
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.entry.repeats import KeyReused
from riskhub.entry.undo import TooLate
from riskhub.files.discussions import Settled
from riskhub.files.store import FileDamaged
from riskhub.files.unreachable import StoreUnreachable
from riskhub.web import errors as pages
from riskhub.web.api.views import UnknownParameter
from riskhub.web.problems import problem_body

INVALID = _("Not saved. The fields named here need another value.")
NOT_UNDERSTOOD = _("Not understood: the parameters named here need another value.")
STALE = _("Not saved: it was changed after you read it. Read it again, then decide.")
REUSED = _("This Idempotency-Key was used for something else. Make a new one.")
DAMAGED = _("The stored file is damaged. Tell the administrator: a backup holds it.")
# Where the fault is in no field of its own.
WHOLE = "non_field_errors"

# Without words of ours the exception's own sentence is meant for the user.
_REFUSALS: dict[type[Exception], tuple[int, str, StrPromise | None]] = {
    WrongState: (409, "wrong_state", None),
    StaleVersion: (409, "stale_version", STALE),
    KeyReused: (409, "key_reused", REUSED),
    NotOpen: (409, "not_open", None),
    Settled: (409, "settled", None),
    TooLate: (409, "too_late", None),
    ClosedTooLong: (409, "too_late", None),
    IncidentOver: (409, "incident_over", None),
    AnswersAlready: (409, "offer_open", None),
    CannotApprove: (403, "cannot_approve", None),
    Touched: (409, "touched", None),
    CannotClose: (409, "cannot_close", None),
    CannotImport: (409, "cannot_import", None),
    MappingError: (409, "cannot_import", None),
    Retired: (409, "retired", None),
    NotChecked: (409, "not_in_use", None),
    CheckedAlready: (409, "checked_already", None),
    PendingAssessment: (409, "pending_assessment", None),
    HasLivePlan: (409, "has_live_plan", None),
    NotReached: (409, "not_reached", None),
    OwnAction: (403, "own_action", None),
    OwnRequest: (403, "own_change", None),
    PutItLive: (403, "own_change", None),
    OwnGap: (403, "own_gap", None),
    RisksNotJudged: (409, "risks_not_judged", None),
    CannotConfirm: (403, "cannot_confirm", None),
    CannotDecide: (403, "cannot_decide", None),
    CannotDecideScheme: (403, "cannot_decide", None),
    SchemeIncomplete: (409, "scheme_incomplete", None),
    PermissionDenied: (403, "permission_denied", pages.FORBIDDEN.title),
    FileDamaged: (500, "file_damaged", DAMAGED),
    StoreUnreachable: (503, "files_away", pages.FILES_AWAY.title),
    Http404: (404, "not_found", pages.NOT_FOUND.title),
}


@dataclass(frozen=True)
class Problem:
    status: int
    code: str
    detail: str
    errors: dict[str, list[str]] = field(default_factory=dict)


def problem(exception: Exception, context: dict[str, Any]) -> Response | None:
    """The answer; None for what nobody foresaw, which is logged and answered by 500."""
    request = getattr(context.get("request"), "_request", None)
    found = problem_of(exception, is_reading=bool(request and request.method in SAFE_METHODS))
    if found is None:
        return None
    response = Response(
        problem_body(found.code, found.detail, request, found.errors), status=found.status
    )
    if header := getattr(exception, "auth_header", ""):
        response["WWW-Authenticate"] = header
    if wait := getattr(exception, "wait", None):
        response["Retry-After"] = str(int(wait))
    return response


def problem_of(exception: Exception, *, is_reading: bool = False) -> Problem | None:
    """`is_reading`: nothing was to be saved, so what is wrong is a parameter."""
    for kind, (status, code, words) in _REFUSALS.items():
        if isinstance(exception, kind):
            return Problem(status, code, str(words or _said_by(exception)))
    if isinstance(exception, APIException) and not isinstance(exception, BodyError):
        detail: Any = exception.detail
        return Problem(exception.status_code, str(detail.code), str(detail))
    return _in_fields(exception, str(NOT_UNDERSTOOD if is_reading else INVALID))


def _said_by(exception: Exception) -> str:
    return " ".join(getattr(exception, "messages", [str(exception)]))


def _in_fields(exception: Exception, sentence: str) -> Problem | None:
    """400 with sentences per field."""
    if isinstance(exception, UnknownParameter):
        errors = dict(_flat(exception.detail))
        return Problem(400, "unknown_parameter", exception.sentence, errors)
    if isinstance(exception, PlanIncomplete):
        return Problem(400, "plan_incomplete", str(INVALID), _of_plan(exception))
    if isinstance(exception, ValidationError):
        return Problem(400, "invalid", sentence, _of_model(exception))
    if isinstance(exception, BodyError):
        return Problem(400, "invalid", sentence, dict(_flat(exception.detail)))
    return None


def _of_plan(incomplete: PlanIncomplete) -> dict[str, list[str]]:
    return {name: [sentence] for name, sentence in incomplete.faults.items()}


def _of_model(error: ValidationError) -> dict[str, list[str]]:
    if not hasattr(error, "error_dict"):
        return {WHOLE: [str(sentence) for sentence in error.messages]}
    return {
        WHOLE if name == NON_FIELD_ERRORS else name: [str(sentence) for sentence in sentences]
        for name, sentences in error.message_dict.items()
    }


def _flat(detail: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:  # noqa: ANN401 - nested detail
    """`actions.1.due_on`: the sentences of one field, wherever it stands in the body."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _flat(inner, f"{path}.{name}" if path else str(name))
    elif any(isinstance(inner, dict | list) for inner in detail):
        for number, inner in enumerate(detail):
            yield from _flat(inner, f"{path}.{number}")
    elif detail:
        yield path or WHOLE, [str(sentence) for sentence in detail]
