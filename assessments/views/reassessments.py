"""Risks that have to be judged again: the list, and saying that one need not."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.forms.reassessments import WaiveForm
from assessments.models import ReassessmentTask
from assessments.permissions import can_assess_risk, can_waive_reassessment, may_waive_reassessment
from assessments.reassessments.filters import ReassessmentFilter
from assessments.reassessments.lists import ALL, first_view, tasks_in
from assessments.reassessments.waiving import waiving_of
from assessments.services import OwnRequest, waiting_for, waive_reassessment
from assessments.views.fetching import PAGE_METHODS
from registers.permissions import sees_risks
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import permitted, require, signed_in
from riskhub.web.errors import turned_away
from riskhub.web.filters import filter_chips
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@permitted(sees_risks)
def reassessment_list(request: SignedInRequest) -> HttpResponse:
    """Mine, those of my department, or all that I see; overdue ones first."""
    filtered = ReassessmentFilter(request.GET, request.user, view=first_view(request.user))
    page = paginate(request, filtered.qs, load=ReassessmentTask.objects.for_list())
    tasks = list(page)
    waiving = waiving_of(request.user, tasks)
    context = {
        "page": page,
        "rows": [
            (task, can_assess_risk(request.user, task.risk), task.pk in waiving.may,
             task.pk in waiving.own)
            for task in tasks
        ],
        "filtered": filtered,
        "elsewhere": 0 if page.count else tasks_in(ALL, request.user).count(),
        "chips": filter_chips(filtered.form, request),
        "today": timezone.localdate(),
    }  # fmt: skip
    return render_page(request, "assessments/reassessment_list.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def reassessment_waive(request: SignedInRequest, key: int) -> HttpResponse:
    """Somebody has looked and says why no assessment is needed."""
    tasks = ReassessmentTask.objects.visible_to(request.user).for_list()
    task = get_object_or_404(tasks, pk=key)
    require(may_waive_reassessment(request.user, task))
    if not can_waive_reassessment(request.user, task):
        return turned_away(request, str(WrongState(task, "waived")), task.risk)
    if waiving_of(request.user, [task]).own:
        return turned_away(request, str(OwnRequest()), task.risk)
    waiting = waiting_for(task)
    asking = request.GET.get("change", "")
    # Back to where somebody came from: the page of the change links here with its code.
    back = next((row.change for row in waiting if row.change.code == asking), task.risk)
    initial = {"row_version": task.row_version, "change": asking}
    form = WaiveForm(request.POST or None, initial=initial, waiting=waiting, user=request.user)
    if request.method == "POST" and form.is_valid():
        facts = {"reason": form.cleaned_data["reason"], "version": form.cleaned_data["row_version"]}
        try:
            waive_reassessment(task, by=request.user, change=form.chosen, **facts)
        except (StaleVersion, WrongState, OwnRequest):
            said = _("The task was changed meanwhile. Look at it, then decide.")
            return turned_away(request, said, task.risk)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            said = _("No reassessment of %(risk)s: the reason is kept.")
            messages.success(request, said % {"risk": task.risk.code})
            return redirect(back)
    context = {"task": task, "form": form, "back": back, "today": timezone.localdate()}
    return render_page(request, "assessments/reassessment_waive.html", context)
