"""Who works with the product: the list, the page of one, and what the administrator does there."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from riskhub.accounts.filters import PersonFilter
from riskhub.accounts.forms.people import PersonEditForm, PersonForm
from riskhub.accounts.links import link_path
from riskhub.accounts.models import ApprovalDelegation, RoleAssignment, User
from riskhub.accounts.permissions import (
    can_delegate,
    can_manage_people,
    can_read_people,
    can_see_contacts,
)
from riskhub.accounts.services import create_user, edit_user, make_sign_in_link
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import permitted
from riskhub.web.conflicts import conflict_of
from riskhub.web.errors import turned_away
from riskhub.web.filters import FilterChip, filter_chips
from riskhub.web.forms import take_refusal
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]
_LINK = "sign_in_link"


@require_safe
@permitted(can_read_people)
def person_list(request: SignedInRequest) -> HttpResponse:
    filtered = PersonFilter(request.GET, request.user)
    held = RoleAssignment.objects.current().select_related("department").order_by("pk")
    shown = User.objects.select_related("department").prefetch_related(
        Prefetch("role_assignments", held, to_attr="held")
    )
    context = {
        "page": paginate(request, filtered.qs, load=shown),
        "filtered": filtered,
        "chips": filter_chips(filtered.form, request),
        "search": [FilterChip(filtered.form["q"], request.GET.get("q", ""), "")],
        "may_manage": can_manage_people(request.user),
    }
    return render_page(request, "accounts/person_list.html", context)


@require_safe
@permitted(can_read_people)
def person_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """With the roles of now, of later and of before. A link that was just made is shown this once."""
    person = _person(request, pk)
    roles = list(person.role_assignments.select_related("department").order_by("-valid", "-pk"))
    link = request.session.pop(_LINK, None)
    context = {
        "person": person,
        "roles": [role for role in roles if role.standing != "over"],
        "former": [role for role in roles if role.standing == "over"],
        "link": link["url"] if link and link["person"] == pk else "",
        "stand_ins": _stand_ins(person),
        "may_delegate": person.is_active and can_delegate(person),
        "may_manage": can_manage_people(request.user),
        "may_see_contacts": can_see_contacts(request.user),
    }
    return render_page(request, "accounts/person_detail.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_manage_people)
def person_create(request: SignedInRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = create_user(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            _show_link(request, person)
            return redirect(person)
    return render_page(request, "accounts/person_create.html", {"form": form})


@require_http_methods(PAGE_METHODS)
@permitted(can_manage_people)
def person_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody saved in between: 409, both texts, and what was typed stays in the form."""
    person = _person(request, pk)
    form = PersonEditForm(request.POST or None, instance=copy(person))
    context: dict[str, Any] = {"person": person, "form": form}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["row_version"]
        try:
            edit_user(person, by=request.user, version=version, **form.changes())
        except StaleVersion as stale:
            conflict = conflict_of(form, stale.current)
            context |= {"form": conflict.form, "conflict": conflict}
            return render_page(request, "accounts/person_edit.html", context, status=409)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.instance})
            return redirect(person)
    return render_page(request, "accounts/person_edit.html", context)


@require_POST
@permitted(can_manage_people)
def person_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """A link by which they choose a password: the first one, or a new one for who forgot theirs."""
    person = _person(request, pk)
    if not person.is_active:
        words = _("This account is closed. Open it again first.")
        return turned_away(request, words, person)
    _show_link(request, person)
    return redirect(person)


def _stand_ins(person: User) -> list[ApprovalDelegation]:
    """Those of now and later, given and taken."""
    theirs = ApprovalDelegation.objects.unfinished().filter(Q(from_user=person) | Q(to_user=person))
    return list(theirs.select_related("from_user", "to_user").order_by("period", "pk"))


def _show_link(request: SignedInRequest, person: User) -> None:
    fresh = make_sign_in_link(person, by=request.user)
    url = request.build_absolute_uri(link_path(fresh))
    request.session[_LINK] = {"person": person.pk, "url": url}


def _person(request: SignedInRequest, pk: int) -> User:
    people = User.objects.visible_to(request.user).select_related("department")
    return get_object_or_404(people, pk=pk)
