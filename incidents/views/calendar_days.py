"""Single days on which the company works, or does not, against what is usual."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incidents.forms.calendar_days import CalendarDayForm
from incidents.permissions import can_edit_severities, can_read_severities
from riskhub.company.business_calendar import coming_days, working_time_words
from riskhub.company.models import CalendarDay
from riskhub.company.services import remove_calendar_day, set_calendar_day
from riskhub.entry.day_words import day_in_full
from riskhub.web.access import permitted
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]
LIST = "incidents:calendar_day_list"


@require_safe
@permitted(can_read_severities)
def calendar_day_list(request: SignedInRequest) -> HttpResponse:
    context = {
        "days": coming_days(timezone.localdate()),
        "hours": working_time_words()[:1],
        "may_edit": can_edit_severities(request.user),
    }
    return render_page(request, "incidents/calendar_day_list.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_severities)
def calendar_day_create(request: SignedInRequest) -> HttpResponse:
    """A day that is there already is changed."""
    form: Any = CalendarDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_calendar_day(form.day_chosen, by=request.user, **form.facts)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            return _saved(request, form.day_chosen)
    return render_page(request, "incidents/calendar_day_create.html", {"form": form})


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_severities)
def calendar_day_edit(request: SignedInRequest, day: str) -> HttpResponse:
    kept = _coming(day)
    form: Any = CalendarDayForm(request.POST or None, kept=kept)
    if request.method == "POST" and form.is_valid():
        set_calendar_day(kept.day, by=request.user, **form.facts)
        return _saved(request, kept.day)
    context = {"kept": kept, "name": day_in_full(kept.day), "form": form}
    return render_page(request, "incidents/calendar_day_edit.html", context)


@require_POST
@permitted(can_edit_severities)
def calendar_day_remove(request: SignedInRequest, day: str) -> HttpResponse:
    kept = _coming(day)
    name = day_in_full(kept.day)
    remove_calendar_day(kept, by=request.user)
    messages.success(request, _("%(day)s is again a day as usual.") % {"day": name})
    return redirect(LIST)


def _coming(day: str) -> CalendarDay:
    """What is over was counted as it was."""
    try:
        named = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(CalendarDay, day=named, day__gte=timezone.localdate())


def _saved(request: SignedInRequest, day: date) -> HttpResponse:
    messages.success(request, _("%(day)s is saved.") % {"day": day_in_full(day)})
    return redirect(LIST)
