"""The tree of departments, as the administrator keeps it."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from riskhub.accounts.closing import department_blockers
from riskhub.accounts.forms.departments import DepartmentEditForm, DepartmentForm
from riskhub.accounts.models import Department
from riskhub.accounts.permissions import can_manage_people, can_read_people
from riskhub.accounts.services import (
    DepartmentInUse,
    close_department,
    create_department,
    edit_department,
    reopen_department,
)
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import permitted
from riskhub.web.conflicts import conflict_of
from riskhub.web.errors import turned_away
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import UNPROCESSABLE, render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]
LIST = "accounts:department_list"


@require_safe
@permitted(can_read_people)
def department_list(request: SignedInRequest) -> HttpResponse:
    """Each one below what it is a part of; its people are those of its parts, too."""
    departments = Department.objects.select_related("head").with_people().with_heads()
    context = {
        "departments": departments.order_by("path"),
        "may_manage": can_manage_people(request.user),
    }
    return render_page(request, "accounts/department_list.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_manage_people)
def department_create(request: SignedInRequest) -> HttpResponse:
    above = Department.objects.active().coded(request.GET.get("parent", "")).first()
    form = DepartmentForm(request.POST or None, initial={"parent": above})
    if request.method == "POST" and form.is_valid():
        try:
            made = create_department(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is made.") % {"name": made.name})
            return redirect(LIST)
    return render_page(request, "accounts/department_create.html", {"form": form})


@require_http_methods(PAGE_METHODS)
@permitted(can_manage_people)
def department_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Somebody saved in between: 409, both texts, and what was typed stays in the form."""
    department = _department(code)
    form = DepartmentEditForm(request.POST or None, instance=copy(department))
    context: dict[str, Any] = {"department": department, "form": form}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["row_version"]
        try:
            edit_department(department, by=request.user, version=version, **form.changes())
        except StaleVersion as stale:
            conflict = conflict_of(form, stale.current)
            context |= {"form": conflict.form, "conflict": conflict}
            return render_page(request, "accounts/department_edit.html", context, status=409)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.instance.name})
            return redirect(LIST)
    return render_page(request, "accounts/department_edit.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_manage_people)
def department_close(request: SignedInRequest, code: str) -> HttpResponse:
    """Only when nothing is left there: what is, stands on the page."""
    department = _department(code)
    if not department.is_active:
        words = _("%(name)s is closed already.") % {"name": department.name}
        return turned_away(request, words, LIST)
    blockers, status = department_blockers(department), None
    if request.method == "POST":
        try:
            close_department(department, by=request.user)
        except DepartmentInUse as refusal:
            blockers, status = refusal.blockers, UNPROCESSABLE
        else:
            messages.success(request, _("%(name)s is closed.") % {"name": department.name})
            return redirect(LIST)
    has_parts = Department.objects.within(department).exclude(pk=department.pk).exists()
    context = {"department": department, "blockers": blockers, "has_parts": has_parts}
    return render_page(request, "accounts/department_close.html", context, status=status)


@require_POST
@permitted(can_manage_people)
def department_reopen(request: SignedInRequest, code: str) -> HttpResponse:
    department = _department(code)
    try:
        reopen_department(department, by=request.user)
    except ValidationError as refusal:
        return turned_away(request, " ".join(refusal.messages), LIST)
    messages.success(request, _("%(name)s is open again.") % {"name": department.name})
    return redirect(LIST)


def _department(code: str) -> Department:
    departments = Department.objects.select_related("parent", "head")
    return get_object_or_404(departments.coded(code))
