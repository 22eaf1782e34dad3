"""Hand a draft of the matrix in, take it back, throw it away, decide on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.choices import Decision, SchemeState
from assessments.forms.scheme_decisions import SchemeDecisionForm, VersionForm
from assessments.models import MatrixScheme
from assessments.people import deciders_of_scheme, names_of
from assessments.schemes.page import deciding_objection
from assessments.schemes.permissions import can_decide_schemes, can_edit_schemes, deciding_scheme_as
from assessments.services.schemes import (
    CannotDecideScheme,
    SchemeIncomplete,
    decide_scheme,
    discard_scheme,
    recall_scheme,
    submit_scheme,
)
from assessments.views.fetching import PAGE_METHODS
from assessments.views.schemes import context_of, scheme_of
from riskhub.accounts.models import User
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import permitted
from riskhub.web.errors import turned_away
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

DETAIL = "assessments:scheme_detail"


@require_POST
@permitted(can_edit_schemes)
def scheme_submit(request: SignedInRequest, number: int) -> HttpResponse:
    return _step(request, scheme_of(number), submit_scheme, _handed_in)


@require_POST
@permitted(can_edit_schemes)
def scheme_recall(request: SignedInRequest, number: int) -> HttpResponse:
    return _step(
        request, scheme_of(number), recall_scheme, lambda _scheme: _("It is a draft again.")
    )


@require_POST
@permitted(can_edit_schemes)
def scheme_discard(request: SignedInRequest, number: int) -> HttpResponse:
    return _step(request, scheme_of(number), discard_scheme, lambda _scheme: _("Draft discarded."))


def _step(
    request: SignedInRequest,
    scheme: MatrixScheme,
    service: Callable[..., MatrixScheme],
    told: Callable[[MatrixScheme], str],
) -> HttpResponse:
    """A button: what was refused is said on the page of the matrix."""
    form = VersionForm(request.POST)
    version = form.cleaned_data["row_version"] if form.is_valid() else 0
    try:
        done = service(scheme, by=request.user, version=version)
    except StaleVersion:
        messages.error(request, _("The matrix was changed meanwhile. Look at it, then decide."))
    except (WrongState, SchemeIncomplete) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told(done))
    return redirect(DETAIL, scheme.number)


def _handed_in(scheme: MatrixScheme) -> str:
    names = names_of(deciders_of_scheme(scheme))
    if not names:
        return _("Submitted, but nobody may decide on it yet: tell the administrator.")
    return _("Submitted. %(names)s decides.") % {"names": names}


@require_http_methods(PAGE_METHODS)
@permitted(can_decide_schemes)
def scheme_decide(request: SignedInRequest, number: int) -> HttpResponse:
    """The whole matrix, what differs from the one in force, which risks move; two buttons with its hash."""
    scheme = scheme_of(number)
    if scheme.state != SchemeState.SUBMITTED:
        return _is_over(request, scheme)
    data = request.POST if request.method == "POST" else None
    form = SchemeDecisionForm(data, initial={"content_hash": scheme.content_hash})
    status = None
    if request.method == "POST":
        try:
            if _is_decided(request.user, scheme, form):
                messages.success(request, _told(scheme, form.cleaned_data["decision"]))
                return redirect(DETAIL, number)
        except StaleVersion:
            form, status = _fresh(form, scheme_of(number)), 409
        except WrongState:
            return _is_over(request, scheme)
        except (CannotDecideScheme, SchemeIncomplete) as refusal:
            return turned_away(request, str(refusal), DETAIL, number)
        except ValidationError as refusal:
            take_refusal(form, refusal)
    context = context_of(request, scheme_of(number)) | _rights(request.user, scheme)
    context |= {"form": form, "is_stale": status is not None}
    return render_page(request, "assessments/scheme_decide.html", context, status=status)


def _is_decided(by: User, scheme: MatrixScheme, form: SchemeDecisionForm) -> bool:
    """What is wrong in the form is told only of the matrix that waits."""
    if form.data.get("content_hash", "") not in ("", scheme.content_hash):
        raise StaleVersion(scheme)
    if not form.is_valid():
        return False
    decide_scheme(scheme, by=by, **form.cleaned_data)
    return True


def _rights(user: User, scheme: MatrixScheme) -> dict[str, Any]:
    """Why not, or in whose name."""
    right_of = deciding_scheme_as(user, scheme)
    return {
        "why_not": deciding_objection(user, scheme),
        "absent": None if right_of in (None, user.pk) else User.objects.get(pk=right_of),
    }


def _fresh(form: SchemeDecisionForm, scheme: MatrixScheme) -> SchemeDecisionForm:
    """The typed comment over the matrix as it is now."""
    comment = form.data.get("comment", "")
    return SchemeDecisionForm(initial={"content_hash": scheme.content_hash, "comment": comment})


def _is_over(request: SignedInRequest, scheme: MatrixScheme) -> HttpResponse:
    words = _("This matrix does not wait for a decision: it is “%(state)s”.")
    words %= {"state": scheme.get_state_display()}
    return turned_away(request, words, DETAIL, scheme.number, level=messages.INFO)


def _told(scheme: MatrixScheme, decision: str) -> str:
    said = {
        Decision.APPROVED: _("%(matrix)s is in force. Every risk reads its level in it."),
        Decision.CHANGES: _("%(matrix)s goes back for changes. Its author hears of it."),
    }[Decision(decision)]
    return said % {"matrix": scheme.code}
