"""Roles of a person, given and ended by the administrator."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from riskhub.accounts.forms.roles import RoleEndForm, RoleForm
from riskhub.accounts.leaving import holdings_of
from riskhub.accounts.models import RoleAssignment, User
from riskhub.accounts.permissions import can_manage_people
from riskhub.accounts.services import assign_role, end_role
from riskhub.entry.day_words import day
from riskhub.web.access import permitted
from riskhub.web.errors import turned_away
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_METHODS)
@permitted(can_manage_people)
def role_give(request: SignedInRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not person.is_active:
        words = _("This account is closed. Open it again first.")
        return turned_away(request, words, person)
    form = RoleForm(request.POST or None, user=person)
    if request.method == "POST" and form.is_valid():
        try:
            given = assign_role(person, by=request.user, **form.given())
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            words = _("%(person)s: %(role)s from %(day)s.")
            facts = {"person": person, "role": given.name, "day": day(given.begins_on)}
            messages.success(request, words % facts)
            return redirect(person)
    return render_page(request, "accounts/role_give.html", {"form": form, "person": person})


@require_http_methods(PAGE_METHODS)
@permitted(can_manage_people)
def role_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is open in the person's name stands beside it: without a role they may see it no more."""
    roles = RoleAssignment.objects.select_related("user", "department")
    assignment = get_object_or_404(roles, pk=pk)
    if assignment.standing == "over":
        return turned_away(request, _("This role has ended already."), assignment.user)
    sent = request.POST if request.method == "POST" else None
    form = RoleEndForm(sent, assignment=assignment)
    if request.method == "POST" and form.is_valid():
        try:
            end_role(assignment, by=request.user, last_on=form.cleaned_data["last_on"])
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("The end of the role is set."))
            return redirect(assignment.user)
    context = {
        "form": form, "assignment": assignment, "person": assignment.user,
        "holdings": holdings_of(assignment.user),
    }  # fmt: skip
    return render_page(request, "accounts/role_end.html", context)
