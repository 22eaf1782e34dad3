"""From an empty database to the first printed register, by the screen alone.

Each step saves when it goes on. Back and Later keep what was typed, unchecked, for the next look;
skipping keeps nothing and can be made good later.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from riskhub.accounts.links import link_path
from riskhub.accounts.models import User
from riskhub.accounts.services import make_sign_in_link
from riskhub.company.preferences import preference
from riskhub.setup.first_key import is_first_key
from riskhub.setup.forms import (
    CompanyForm,
    FirstUserForm,
    LibraryForm,
    MatrixForm,
    PeopleForm,
    ScopeForm,
)
from riskhub.setup.permissions import can_set_up, keeps_company
from riskhub.setup.services import (
    AlreadyBegun,
    create_first_user,
    mark_step,
    set_up_company,
    set_up_library,
    set_up_matrix,
    set_up_people,
    set_up_scope,
)
from riskhub.setup.shelves import first_risks, matrix_shown, shelves
from riskhub.setup.steps import Progress, after, before
from riskhub.web.access import permitted
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_DRAFTS, _LINKS = "setup_drafts", "setup_links"


@require_http_methods(PAGE_METHODS)
def first_user(request: HttpRequest, key: str) -> HttpResponse:
    """Only with the key that the start prints, and only while nobody has an account."""
    if not is_first_key(key) or User.objects.get_queryset().exists():
        raise Http404
    form = FirstUserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = create_first_user(
                by=None, locale=get_language() or "zh-hans", **form.cleaned_data
            )
        except AlreadyBegun:
            raise Http404 from None
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            login(request, user, backend=_BACKEND)
            return redirect("setup:setup_start")
    return render_page(request, "setup/first_user.html", {"form": form})


@require_safe
@permitted(keeps_company)
def setup_start(request: SignedInRequest) -> HttpResponse:
    """Where the company left off; of one that is set up otherwise, where its lists are."""
    if not can_set_up(request.user):
        return render_page(request, "setup/setup_start.html", {})
    return redirect(Progress.stored().next.url)


@require_http_methods(PAGE_METHODS)
@permitted(can_set_up)
def setup_company(request: SignedInRequest) -> HttpResponse:
    if response := _elsewhere(request, "company", CompanyForm()):
        return response
    form = CompanyForm(request.POST or None, initial=_draft(request, "company"))
    if request.method == "POST" and form.is_valid():
        try:
            set_up_company(by=request.user, **form.given())
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            return _onwards(request, "company")
    return _show(request, "company", "setup/setup_company.html", form)


@require_http_methods(PAGE_METHODS)
@permitted(can_set_up)
def setup_people(request: SignedInRequest) -> HttpResponse:
    """New accounts get a link each, to be handed over; it is shown as long as this session lasts."""
    if response := _elsewhere(request, "people", PeopleForm()):
        return response
    form = PeopleForm(request.POST or None, initial=_draft(request, "people"))
    if request.method == "POST" and form.is_valid():
        try:
            made = set_up_people(form.cleaned_data["people"], by=request.user)
        except ValidationError as refusal:
            form.add_error("people", refusal)
        else:
            _keep_links(request, made)
            return _onwards(request, "people")
    people = User.objects.active().order_by("pk").select_related("department")
    context = {"present": people, "links": request.session.get(_LINKS, [])}
    return _show(request, "people", "setup/setup_people.html", form, **context)


@require_http_methods(PAGE_METHODS)
@permitted(can_set_up)
def setup_scope(request: SignedInRequest) -> HttpResponse:
    if response := _elsewhere(request, "scope", ScopeForm()):
        return response
    form = ScopeForm(request.POST or None, initial=_draft(request, "scope"))
    if request.method == "POST" and form.is_valid():
        try:
            set_up_scope(by=request.user, **form.given())
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            return _onwards(request, "scope")
    return _show(request, "scope", "setup/setup_scope.html", form)


@require_http_methods(PAGE_METHODS)
@permitted(can_set_up)
def setup_matrix(request: SignedInRequest) -> HttpResponse:
    """With the picture of each; once risks are assessed it only shows the one in force."""
    if response := _elsewhere(request, "matrix", MatrixForm()):
        return response
    shown = matrix_shown(preference("yearly_revenue"))
    initial = {"preset": shown.chosen} | _draft(request, "matrix")
    form = MatrixForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.cleaned_data["preset"]
            set_up_matrix(by=request.user, preset=chosen, revenue=preference("yearly_revenue"))
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            return _onwards(request, "matrix")
    return _show(request, "matrix", "setup/setup_matrix.html", form, shown=shown)


@require_http_methods(PAGE_METHODS)
@permitted(can_set_up)
def setup_library(request: SignedInRequest) -> HttpResponse:
    """What fits the services of the company is ticked."""
    if response := _elsewhere(request, "library", LibraryForm()):
        return response
    kept = shelves()
    initial = {"code": "SVC", "name_zh": _("Service risks"), "entries": kept.fitting}
    initial |= _draft(request, "library")
    form = LibraryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            register, made = set_up_library(by=request.user, **form.given())
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            words = ngettext(
                "%(count)d risk adopted into %(register)s.",
                "%(count)d risks adopted into %(register)s.",
                len(made),
            )
            messages.success(request, words % {"count": len(made), "register": register.name})
            return _onwards(request, "library")
    context = {"areas": kept.areas, "chosen": form["entries"].value() or []}
    return _show(request, "library", "setup/setup_library.html", form, **context)


@require_http_methods(PAGE_METHODS)
@permitted(can_set_up)
def setup_done(request: SignedInRequest) -> HttpResponse:
    """The register as it stands, on paper, and what comes first now."""
    if response := _elsewhere(request, "done", forms.Form()):
        return response
    if request.method == "POST":
        mark_step("done", by=request.user)
        request.session.pop(_LINKS, None)
        return redirect("registers:risk_list")
    context = {"found": first_risks(request.user), "links": request.session.get(_LINKS, [])}
    return _show(request, "done", "setup/setup_done.html", forms.Form(), **context)


def _elsewhere(request: SignedInRequest, key: str, form: forms.Form) -> HttpResponse | None:
    """Back, Later and Skip; None where the step itself is asked for."""
    go = request.POST.get("go", "")
    if go not in {"back", "later", "skip"}:
        return None
    if go == "skip":
        mark_step(key, by=request.user, is_skipped=True)
        return redirect(after(key).url)
    drafts = request.session.get(_DRAFTS, {})
    sent = {name: request.POST.getlist(name) for name in form.fields}
    request.session[_DRAFTS] = drafts | {key: sent}
    earlier = before(key)
    return redirect(earlier.url if go == "back" and earlier else "home")


def _draft(request: SignedInRequest, key: str) -> dict[str, Any]:
    """What was typed here before going elsewhere: lists where several may be chosen."""
    kept: dict[str, list[str]] = request.session.get(_DRAFTS, {}).get(key, {})
    several = {"kept", "lines", "entries"}
    return {
        name: values if name in several else (values or [""])[0] for name, values in kept.items()
    }


def _onwards(request: SignedInRequest, key: str) -> HttpResponse:
    drafts = request.session.get(_DRAFTS, {})
    request.session[_DRAFTS] = {name: kept for name, kept in drafts.items() if name != key}
    return redirect(after(key).url)


def _keep_links(request: SignedInRequest, made: list[User]) -> None:
    fresh = [make_sign_in_link(person, by=request.user) for person in made]
    links = [{"name": str(one), "url": request.build_absolute_uri(link_path(one))} for one in fresh]
    request.session[_LINKS] = request.session.get(_LINKS, []) + links


def _show(
    request: SignedInRequest,
    key: str,
    template: str,
    form: forms.Form,
    **context: Any,  # noqa: ANN401 - what its template shows
) -> HttpResponse:
    progress = Progress.stored()
    page = {"form": form, "steps": progress.shown(key), "step": key, "earlier": before(key)}
    return render_page(request, template, page | context)
